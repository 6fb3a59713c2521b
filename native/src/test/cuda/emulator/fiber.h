/*
 * Fibers: several stacks that one thread of the host switches between. Under AddressSanitizer and ThreadSanitizer these are told; to the latter each fiber is a thread of its own, so that
 * it finds two fibers that touch one place with nothing to order them.
 */
#ifndef LC_FIBER_H
#define LC_FIBER_H

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define EMU_TSAN 1
#elif __has_feature(address_sanitizer)
#define EMU_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define EMU_TSAN 1
#elif defined(__SANITIZE_ADDRESS__)
#define EMU_ASAN 1
#endif

struct emu_fiber {
    void *stack_pointer;
    char *stack;
    void *of_tsan;
    void *of_asan;
};

enum { EMU_STACK = 256 << 10 };

/* The fiber will begin in `begin`, which must not return; once more, if it has ended. */
void emu_fiber_make(emu_fiber *fiber, void (*begin)(void));
/* From the host into the fiber, and back; `ends`: it will not be run again. */
void emu_fiber_enter(emu_fiber *fiber);
void emu_fiber_leave(emu_fiber *fiber, bool ends);
/* The first thing a fiber does. */
void emu_fiber_began(void);

/* What the releasing ones have done is seen by the acquiring ones. */
void emu_release(void *at);
void emu_acquire(void *at);

#endif
