/*
 * The runner without an operating system: sets up what the processor needs to run the tiers, and reports exceptions. Words come from the second
 * disk; beside those of the test, `xcr0=7` (in decimal) says which registers the system claims to save, `instructions` asks for counts of instructions, and `fma` for a
 * look at the processor's fused multiply-add.
 */
#include "../conformance.h"
#include "bare.h"

#include <cpuid.h>
#include <string.h>

static inline void out8(uint16_t port, uint8_t value) { __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port)); }

static inline uint8_t in8(uint16_t port) {
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
    void *result = to;
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
    return result;
}

void *memset(void *to, int value, size_t bytes) {
    void *result = to;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(bytes) : "a"(value) : "memory");
    return result;
}

/* Where the compiler protects stacks by default. */
void __stack_chk_fail(void);
void __stack_chk_fail(void) {
    lc_put("FAILED: a function wrote beyond its stack frame\n");
    lc_shut_down();
}

void lc_put(const char *text) {
    for (; *text; text++) {
        out8(0xe9, (uint8_t)*text);
    }
}

char *lc_region(int region) {
    _Static_assert(LC_REGION_BYTES == 0x200000, "the boot sector maps such pages");
    return (char *)(uintptr_t)((9 + 2 * (uint64_t)region) * LC_REGION_BYTES);
}

/* What the emulator understands as switching off. */
void lc_shut_down(void) {
    for (const char *p = "Shutdown"; *p; p++) {
        out8(0x8900, (uint8_t)*p);
    }
    for (;;) {
        __asm__ volatile("hlt");
    }
}

/* `stack` as the processor leaves it, below it the number of the exception. */
void lc_exception(const uint64_t *stack, uint64_t address) {
    const uint64_t number = stack[0], with_code = 0x27d00; /* 8, 10 to 14, 17 */
    lc_put("FAULT ");
    lc_put_number(number);
    lc_put(number == 14 ? " page fault" : number == 6 ? " invalid instruction" : "");
    lc_put(" at instruction ");
    lc_put_hex(stack[1 + (with_code >> number & 1)]);
    lc_put(" address ");
    lc_put_hex(address);
    lc_put(" in tier ");
    lc_put(lc_at_tier);
    lc_put(" round ");
    lc_put_number(lc_at_round);
    lc_put("\n");
    lc_shut_down();
}

static void handle_exceptions(void) {
    static struct {
        uint16_t low, selector;
        uint8_t stack, type;
        uint16_t middle;
        uint32_t high, zero;
    } gates[32];
    for (unsigned i = 0; i < 32; i++) {
        uint64_t at = (uint64_t)(uintptr_t)lc_exceptions + 16 * (uint64_t)i;
        gates[i].low = (uint16_t)at;
        gates[i].selector = 8;
        gates[i].type = 0x8e;
        gates[i].middle = (uint16_t)(at >> 16);
        gates[i].high = (uint32_t)(at >> 32);
    }
    struct __attribute__((packed)) {
        uint16_t limit;
        uint64_t base;
    } pointer = {sizeof gates - 1, (uint64_t)(uintptr_t)gates};
    __asm__ volatile("lidt %0" : : "m"(pointer));
}

/* The first sector of the second disk. */
static void read_words(char *words) {
    static const uint8_t command[6] = {1, 0, 0, 0, 0xf0, 0x20};
    for (uint16_t i = 0; i < 6; i++) {
        out8((uint16_t)(0x1f2 + i), command[i]);
    }
    while ((in8(0x1f7) & 0x88) != 8) {
    }
    void *to = words;
    unsigned long count = 256;
    __asm__ volatile("rep insw" : "+D"(to), "+c"(count) : "d"((uint16_t)0x1f0) : "memory");
}

/* As an operating system that saves some registers would, where the processor has any to save. */
static void save_registers(uint64_t xcr0) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & 1u << 26)) {
        lc_put("system cannot save vector registers\n");
        return;
    }
    uint64_t cr4;
    __asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("mov %0, %%cr4" : : "r"(cr4 | 1u << 18));
    __get_cpuid_count(13, 0, &a, &b, &c, &d); /* eax: what there is to save */
    xcr0 &= a;
    __asm__ volatile("xsetbv" : : "a"((uint32_t)xcr0), "d"(0), "c"(0));
    lc_put("system saves ");
    lc_put_hex(xcr0);
    lc_put("\n");
}

void lc_bare(void) {
    extern char lc_payload_end[], lc_bss_end[];
    memset(lc_payload_end, 0, (size_t)(lc_bss_end - lc_payload_end));
    static char words[513], cpu[49];
    handle_exceptions();
    read_words(words);
    save_registers(lc_word(words, "xcr0", 7));
    lc_cpu_name(cpu, sizeof cpu);
    lc_put("processor ");
    lc_put(cpu);
    lc_put("\n");
    for (int32_t i = 0; lc_tier_at(i); i++) {
        lc_put("usable ");
        lc_put(lc_tier_at(i)->name);
        lc_put(lc_tier_usable(i) ? " 1\n" : " 0\n");
    }
    if (lc_has_word(words, "fma")) {
        lc_check_fma();
    }
    if (lc_has_word(words, "instructions")) {
        lc_count_instructions();
    }
    lc_conformance(words);
    lc_shut_down();
}
