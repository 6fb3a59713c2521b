/*
 * The fuzz target without libFuzzer: `lc_fuzz_random [-seed=N] [-runs=N]` tries random inputs, input k from seed N + k, so that the line a failure leaves
 * replays it alone; `lc_fuzz_random FILE...` replays inputs that libFuzzer kept.
 */
#include "fuzz.h"

#include <time.h>

/* Called when a sanitizer ends the process; there is none in a build without. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static unsigned long long current;

static void say_input(void) {
    fprintf(stderr, "this input alone: lc_fuzz_random -seed=%llu -runs=1\n", current);
    fflush(stderr);
}

static void run(uint64_t seed) {
    uint8_t data[384];
    const size_t size = 16 + lc_random(&seed) % (sizeof data - 15);
    for (size_t i = 0; i < size; i += 8) {
        const uint64_t bits = lc_random(&seed);
        memcpy(data + i, &bits, size - i < 8 ? size - i : 8);
    }
    LLVMFuzzerTestOneInput(data, size);
}

static int replay(const char *path) {
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    const size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    uint8_t *exact = malloc(size ? size : 1);
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

int main(int count, char **arguments) {
    unsigned long long seed = (unsigned long long)time(0), runs = 1000;
    int files = 0, unreadable = 0;
    LLVMFuzzerInitialize(&count, &arguments);
    for (int i = 1; i < count; i++) {
        if (sscanf(arguments[i], "-seed=%llu", &seed) != 1 && sscanf(arguments[i], "-runs=%llu", &runs) != 1 && arguments[i][0] != '-') {
            files++;
            unreadable += replay(arguments[i]);
        }
    }
    if (files > 0) {
        return unreadable > 0;
    }
    printf("lc_fuzz_random -seed=%llu -runs=%llu\n", seed, runs);
    fflush(stdout);
    if (__sanitizer_set_death_callback) {
        __sanitizer_set_death_callback(say_input);
    }
    for (unsigned long long k = 0; k < runs; k++) {
        current = seed + k;
        run(seed + k);
    }
    return 0;
}
