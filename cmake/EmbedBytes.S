/* A file as bytes of the program: mapped with it, never parsed. UNSPIN_SYMBOL names them, from UNSPIN_SYMBOL_begin to
   UNSPIN_SYMBOL_end; UNSPIN_FILE is the file. */
#define PASTE(symbol, end) symbol##end
#define SYMBOL(symbol, end) PASTE(symbol, end)
#define BEGIN SYMBOL(UNSPIN_SYMBOL, _begin)
#define END SYMBOL(UNSPIN_SYMBOL, _end)
    .section .rodata
    .balign 64
    .globl BEGIN
    .hidden BEGIN
BEGIN:
    .incbin UNSPIN_FILE
    .globl END
    .hidden END
END:
    .byte 0
    .section .note.GNU-stack, "", %progbits
