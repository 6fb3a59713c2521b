# The first sector of the disk: enters 64-bit mode, reads the rest of the disk to 1 MiB and calls it. And the handlers of processor exceptions.
#
# Memory, in pages of 2 MiB: 0-7 are mapped; then pages 9, 11, 13 and so on, with holes between them.

    .set table4, 0x1000 # page tables, in memory that nothing else uses
    .set table3, 0x2000
    .set table2, 0x3000
    .set large_page, 0x83
    .set stack, 0x90000

    .section .boot, "ax"
    .code16
boot:
    cli
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    inb $0x92, %al # address line 20
    orb $2, %al
    outb %al, $0x92

    movw $table4, %di
    xorl %eax, %eax
    movw $0xc00, %cx
    cld
    rep stosl
    movl $table3 + 3, table4
    movl $table2 + 3, table3
    movw $table2, %di
    movl $large_page, %eax
    movw $8, %cx
1:  movl %eax, (%di)
    addw $8, %di
    addl $0x200000, %eax
    loop 1b
    movw $16, %cx
2:  addw $8, %di
    addl $0x200000, %eax
    movl %eax, (%di)
    addw $8, %di
    addl $0x200000, %eax
    loop 2b

    lgdtl gdt_pointer
    movl $0x620, %eax # PAE, OSFXSR, OSXMMEXCPT
    movl %eax, %cr4
    movl $table4, %eax
    movl %eax, %cr3
    movl $0xc0000080, %ecx
    rdmsr
    orl $0x100, %eax # long mode
    wrmsr
    movl $0x80000033, %eax # paging, protected mode, floating point
    movl %eax, %cr0
    ljmp $8, $long_mode

    .code64
long_mode:
    movw $16, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $stack, %esp
    movl $lc_payload, %edi
    movl $1, %ebx             # sector
    movl $lc_payload_sectors, %ebp
read:
    movl $0x1f2, %edx
    movb $1, %al
    outb %al, %dx
    movl %ebx, %eax
    incl %edx
    outb %al, %dx
    shrl $8, %eax
    incl %edx
    outb %al, %dx
    shrl $8, %eax
    incl %edx
    outb %al, %dx
    movb $0xe0, %al # the first disk, linear addresses
    incl %edx
    outb %al, %dx
    movb $0x20, %al # read
    incl %edx
    outb %al, %dx
3:  inb %dx, %al
    testb $0x80, %al
    jnz 3b
    testb $8, %al
    jz 3b
    movl $0x1f0, %edx
    movl $256, %ecx
    rep insw
    incl %ebx
    decl %ebp
    jnz read
    call lc_bare
4:  hlt
    jmp 4b

    .balign 8
gdt:
    .quad 0, 0x00af9a000000ffff, 0x00cf92000000ffff
gdt_pointer:
    .word 23
    .long gdt
    .org 510
    .word 0xaa55

# Exception n starts at lc_exceptions + 16 n.
    .text
    .globl lc_exceptions
    .balign 16
lc_exceptions:
    .set vector, 0
    .rept 32
    .balign 16
    pushq $vector
    jmp exception
    .set vector, vector + 1
    .endr
exception:
    movq %rsp, %rdi
    movq %cr2, %rsi
    andq $-16, %rsp
    call lc_exception

    .section .note.GNU-stack, "", @progbits
