#include "fiber.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(EMU_TSAN)
extern "C" {
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void __tsan_acquire(void *at);
void __tsan_release(void *at);
}
#endif
#if defined(EMU_ASAN)
extern "C" {
void __sanitizer_start_switch_fiber(void **save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *save, const void **bottom, size_t *size);
}
#endif

#define EMU_PLAIN __attribute__((noinline, no_sanitize("address", "thread")))

static emu_fiber host;
#if defined(EMU_ASAN)
static const void *host_stack;
static size_t host_size;
#endif

#if defined(__x86_64__) && !defined(EMU_UCONTEXT)
/* The registers that a function keeps, and the stack; swapcontext would ask the system for the signal mask twice. */
__asm__(".text\n"
        ".type emu_switch_stacks,@function\n"
        "emu_switch_stacks:\n"
        "push %rbp; push %rbx; push %r12; push %r13; push %r14; push %r15\n"
        "mov %rsp, (%rdi); mov %rsi, %rsp\n"
        "pop %r15; pop %r14; pop %r13; pop %r12; pop %rbx; pop %rbp; ret\n");
extern "C" void emu_switch_stacks(void **save, void *to);

static void prepare(emu_fiber *fiber, void (*begin)(void)) {
    void **top = (void **)(fiber->stack + EMU_STACK) - 8; /* six registers, where to begin, and nowhere to return to */
    memset(top, 0, 8 * sizeof *top);
    top[6] = (void *)begin;
    fiber->stack_pointer = top;
}
EMU_PLAIN static void switch_from(emu_fiber *from, emu_fiber *to) { emu_switch_stacks(&from->stack_pointer, to->stack_pointer); }
#else
#include <ucontext.h>
static void prepare(emu_fiber *fiber, void (*begin)(void)) {
    ucontext_t *context = (ucontext_t *)calloc(1, sizeof *context);
    getcontext(context);
    context->uc_stack.ss_sp = fiber->stack;
    context->uc_stack.ss_size = EMU_STACK;
    makecontext(context, begin, 0);
    free(fiber->stack_pointer);
    fiber->stack_pointer = context;
}
EMU_PLAIN static void switch_from(emu_fiber *from, emu_fiber *to) {
    if (!from->stack_pointer) {
        from->stack_pointer = calloc(1, sizeof(ucontext_t));
    }
    swapcontext((ucontext_t *)from->stack_pointer, (ucontext_t *)to->stack_pointer);
}
#endif

void emu_fiber_make(emu_fiber *fiber, void (*begin)(void)) {
    if (!fiber->stack) {
        fiber->stack = (char *)aligned_alloc(64, EMU_STACK);
    }
    prepare(fiber, begin);
#if defined(EMU_TSAN)
    if (!fiber->of_tsan) {
        fiber->of_tsan = __tsan_create_fiber(0); /* costs more than a thread block: for the next one it is another thread all the same, by what orders them */
    }
#endif
}

EMU_PLAIN void emu_fiber_began(void) {
#if defined(EMU_ASAN)
    __sanitizer_finish_switch_fiber(nullptr, &host_stack, &host_size);
#endif
}

EMU_PLAIN void emu_fiber_enter(emu_fiber *fiber) {
#if defined(EMU_TSAN)
    host.of_tsan = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(fiber->of_tsan, 1);
#endif
#if defined(EMU_ASAN)
    __sanitizer_start_switch_fiber(&host.of_asan, fiber->stack, EMU_STACK);
#endif
    switch_from(&host, fiber);
#if defined(EMU_ASAN)
    __sanitizer_finish_switch_fiber(host.of_asan, nullptr, nullptr);
#endif
}

EMU_PLAIN void emu_fiber_leave(emu_fiber *fiber, bool ends) {
#if defined(EMU_TSAN)
    __tsan_switch_to_fiber(host.of_tsan, 1);
#endif
#if defined(EMU_ASAN)
    __sanitizer_start_switch_fiber(ends ? nullptr : &fiber->of_asan, host_stack, host_size);
#endif
    (void)ends;
    switch_from(fiber, &host);
#if defined(EMU_ASAN)
    __sanitizer_finish_switch_fiber(fiber->of_asan, nullptr, nullptr);
#endif
}

#if defined(EMU_TSAN)
EMU_PLAIN void emu_release(void *at) { __tsan_release(at); }
EMU_PLAIN void emu_acquire(void *at) { __tsan_acquire(at); }
#else
void emu_release(void *) {}
void emu_acquire(void *) {}
#endif
