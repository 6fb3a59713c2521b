/*
 * Runs a grid: block after block, its threads as fibers. A fiber runs up to the next place where it waits; then, in the order of the schedule, the next one does. Threads that wait go on when
 * all of their block or of their mask have come to the same place.
 */
#include "emulator.h"
#include "emulated.h"
#include "entries.h"
#include "fiber.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EMU_PLAIN __attribute__((noinline, no_sanitize("address", "thread")))

uint3 emu_thread, emu_block, emu_block_size, emu_grid;

/* Where the shared variables are; the linker knows. */
extern "C" char __start_lc_shared[], __stop_lc_shared[];

namespace {
enum { MOST_THREADS = 1024, MOST_COPIES = 64 };
enum state { RUNS, WAITS_FOR_BLOCK, WAITS_FOR_WARP, DONE };

/* 16 bytes that are on their way to shared memory. */
struct copy {
    char *to;
    const char *from;
    int bytes;
    unsigned stage;
};

struct thread {
    emu_fiber fiber;
    enum state state;
    const char *place;
    unsigned mask;
    int bytes;
    uint64_t value;  /* given to others */
    uint64_t values[32];
    int barriers[2]; /* how many of the block and of the warp it has come through */
    copy copies[MOST_COPIES];
    unsigned copying, stages; /* copies that are on their way, stages that are closed */
};

thread threads[MOST_THREADS];
unsigned count, running;
uint64_t schedule, random_state;
const char *kernel_name;
bool failed;
void (*body)(void **);
void **parameters;
/* Places for the sanitizer: the launch, and barriers, which take turns so that a thread that is ahead orders nothing it should not. */
char begun, ended, of_block[2], of_warp[MOST_THREADS / 32][2];

EMU_PLAIN void fail(unsigned t, const char *what, const char *place) {
    if (!failed) {
        printf("FAILED %s: block %u thread %u: %s (%s)\n", kernel_name, emu_block.x, t, what, place ? place : "at its end");
    }
    failed = true;
}

EMU_PLAIN uint64_t random_number() {
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    return z ^ z >> 27;
}

EMU_PLAIN void wait(state for_what, const char *place, unsigned mask, int bytes, uint64_t value) {
    thread *t = &threads[running];
    const unsigned me = running;
    char *key = for_what == WAITS_FOR_BLOCK ? &of_block[t->barriers[0]++ & 1] : &of_warp[me / 32][t->barriers[1]++ & 1];
    t->place = place;
    t->mask = mask;
    t->bytes = bytes;
    t->value = value;
    t->state = for_what;
    const bool orders = bytes == 0; /* an exchange of values does not order memory */
    if (orders) {
        emu_release(key);
    }
    emu_fiber_leave(&t->fiber, false);
    if (orders) {
        emu_acquire(key);
    }
}

EMU_PLAIN void begin() {
    emu_fiber_began();
    emu_acquire(&begun);
    body(parameters);
    if (threads[running].copying > 0) {
        fail(running, "copies that nobody has waited for", nullptr);
    }
    emu_release(&ended);
    threads[running].state = DONE;
    emu_fiber_leave(&threads[running].fiber, true);
    abort();
}

/* Lets those go on that have all come; whether there are any. */
EMU_PLAIN bool let_go() {
    unsigned done = 0, at_barrier = 0;
    bool any = false;
    const char *place = nullptr;
    for (unsigned i = 0; i < count; i++) {
        done += threads[i].state == DONE;
        if (threads[i].state == WAITS_FOR_BLOCK) {
            if (place && strcmp(place, threads[i].place) != 0) {
                fail(i, "a barrier reached from different places", threads[i].place);
            }
            place = threads[i].place;
            at_barrier++;
        }
    }
    if (at_barrier > 0 && done > 0) {
        fail(0, "a barrier that threads have left out", place);
    }
    if (at_barrier == count) {
        for (unsigned i = 0; i < count; i++) {
            threads[i].state = RUNS;
        }
        return true;
    }
    for (unsigned i = 0; i < count; i++) {
        thread *t = &threads[i];
        if (t->state != WAITS_FOR_WARP) {
            continue;
        }
        const unsigned first = i & ~31u;
        bool all = true;
        if (!(t->mask >> (i & 31) & 1)) {
            fail(i, "a mask without the thread itself", t->place);
        }
        for (unsigned lane = 0; lane < 32; lane++) {
            if (t->mask >> lane & 1) {
                const thread *other = &threads[first + lane];
                if (first + lane >= count || other->state == DONE) {
                    fail(i, "a mask with a thread that is not there", t->place);
                    return false;
                }
                all = all && other->state == WAITS_FOR_WARP;
                if (other->state == WAITS_FOR_WARP && (other->mask != t->mask || other->bytes != t->bytes || strcmp(other->place, t->place) != 0)) {
                    fail(first + lane, "a warp's threads at different places", other->place);
                }
            }
        }
        if (all) {
            for (unsigned lane = 0; lane < 32; lane++) {
                if (t->mask >> lane & 1) {
                    for (unsigned from = 0; from < 32; from++) {
                        threads[first + lane].values[from] = threads[first + from].value;
                    }
                    threads[first + lane].state = RUNS;
                }
            }
            any = true;
        }
    }
    return any;
}

EMU_PLAIN void run_block() {
    /* Shared memory keeps nothing from one block to the next. */
    memset(__start_lc_shared, 0xff, (size_t)(__stop_lc_shared - __start_lc_shared));
    emu_release(&begun);
    for (unsigned i = 0; i < count; i++) {
        threads[i].state = RUNS;
        threads[i].barriers[0] = threads[i].barriers[1] = 0;
        threads[i].copying = threads[i].stages = 0;
        emu_fiber_make(&threads[i].fiber, begin);
    }
    bool goes_on = true;
    while (goes_on && !failed) {
        goes_on = false;
        for (unsigned k = 0; k < count && !failed; k++) {
            const unsigned i = schedule == 0 ? k : schedule == 1 ? count - 1 - k : (unsigned)(random_number() >> 20) % count;
            if (threads[i].state == RUNS) {
                running = i;
                emu_thread.x = i;
                emu_fiber_enter(&threads[i].fiber);
                goes_on = true;
            }
            if (schedule > 1 && random_number() % 61 == 0) {
                let_go(); /* some warps are ahead of others */
            }
        }
        bool runs = false;
        for (unsigned i = 0; i < count; i++) {
            runs = runs || threads[i].state == RUNS;
        }
        goes_on = let_go() || goes_on || runs;
    }
    for (unsigned i = 0; i < count && !failed; i++) {
        if (threads[i].state != DONE) {
            fail(i, "waits for ever", threads[i].place);
        }
    }
    emu_acquire(&ended);
}
} // namespace

extern "C" {
EMU_PLAIN void emu_sync_block(const char *place) { wait(WAITS_FOR_BLOCK, place, 0, 0, 0); }
EMU_PLAIN void emu_sync_warp(const char *place, unsigned mask) { wait(WAITS_FOR_WARP, place, mask, 0, 0); }

EMU_PLAIN uint64_t emu_shuffle(const char *place, unsigned mask, uint64_t value, int bytes, int from) {
    if (from < 0 || from > 31 || !(mask >> from & 1)) {
        fail(running, "a shuffle from outside its mask", place);
    }
    wait(WAITS_FOR_WARP, place, mask, bytes, value);
    return threads[running].values[from & 31];
}

EMU_PLAIN unsigned emu_ballot(const char *place, unsigned mask, int set) {
    wait(WAITS_FOR_WARP, place, mask, 1, set != 0);
    unsigned all = 0;
    for (unsigned lane = 0; lane < 32; lane++) {
        all |= mask >> lane & 1 & (unsigned)threads[running].values[lane] ? 1u << lane : 0;
    }
    return all;
}

EMU_PLAIN void emu_check_aligned(const void *p, unsigned long bytes) {
    if ((uintptr_t)p % bytes != 0) {
        fail(running, "an address that is not aligned", "a load");
    }
}

EMU_PLAIN void emu_copy(void *to, const void *from, int bytes) {
    thread *t = &threads[running];
    emu_check_aligned(to, 16);
    emu_check_aligned(from, 16);
    if (bytes < 0 || bytes > 16 || (char *)to < __start_lc_shared || (char *)to + 16 > __stop_lc_shared) {
        fail(running, "a copy of another size, or to other memory", "a copy");
    } else if (t->copying == MOST_COPIES) {
        fail(running, "more copies at once than the emulator has room for", "a copy");
    } else {
        t->copies[t->copying++] = {(char *)to, (const char *)from, bytes, t->stages};
    }
}

EMU_PLAIN void emu_close_stage() { threads[running].stages++; }

/* Seen by the sanitizers, as the loads and stores of the thread that they are. */
void emu_wait_for_stages(unsigned others) {
    thread *t = &threads[running];
    unsigned kept = 0;
    for (unsigned i = 0; i < t->copying; i++) {
        const copy *c = &t->copies[i];
        if (c->stage + others >= t->stages) {
            t->copies[kept++] = *c;
            continue;
        }
        memcpy(c->to, c->from, (size_t)c->bytes);
        memset(c->to + c->bytes, 0, (size_t)(16 - c->bytes));
    }
    t->copying = kept;
}

int emu_has(const char *kernel) { return emu_entry(kernel) != nullptr; }
void emu_set_schedule(uint64_t which) { schedule = random_state = which; }

int emu_launch(const char *kernel, unsigned grid_x, unsigned block_x, void **params) {
    body = emu_entry(kernel);
    kernel_name = kernel;
    failed = false;
    count = block_x;
    parameters = params;
    emu_block_size = {block_x, 1, 1};
    emu_grid = {grid_x, 1, 1};
    if (!body || grid_x == 0 || block_x == 0 || block_x > MOST_THREADS) {
        fail(0, "no such kernel, grid or block", "emu_launch");
    }
    for (unsigned b = 0; b < grid_x && !failed; b++) {
        emu_block.x = schedule == 1 ? grid_x - 1 - b : b;
        run_block();
    }
    return failed;
}
}
