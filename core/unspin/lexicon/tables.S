/* The compiled tables as bytes of the program: mapped with it, never parsed. UNSPIN_LEXICON_BIN names the file. */
    .section .rodata
    .balign 64
    .globl unspin_lexicon_begin
    .hidden unspin_lexicon_begin
unspin_lexicon_begin:
    .incbin UNSPIN_LEXICON_BIN
    .globl unspin_lexicon_end
    .hidden unspin_lexicon_end
unspin_lexicon_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
