/* The compiled tables of a language as bytes of the program: mapped with it, never parsed.
   UNSPIN_LANGUAGE is the language's name, UNSPIN_LEXICON_BIN the file. */
#define JOIN(a, b, c) a##b##c
#define SYMBOL(language, end) JOIN(unspin_lexicon_, language, end)
#define BEGIN SYMBOL(UNSPIN_LANGUAGE, _begin)
#define END SYMBOL(UNSPIN_LANGUAGE, _end)
    .section .rodata
    .balign 64
    .globl BEGIN
    .hidden BEGIN
BEGIN:
    .incbin UNSPIN_LEXICON_BIN
    .globl END
    .hidden END
END:
    .byte 0
    .section .note.GNU-stack, "", %progbits
