/* The runner under an operating system: `lc_conformance seed=7 rounds=1000 wrong=tail`. */
#define _GNU_SOURCE
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void lc_put(const char *text) { fputs(text, stdout); }

char *lc_region(int region) {
    const size_t size = LC_REGION_BYTES;
    static char *memory;
    if (!memory) { /* a hole before the first, and after every one */
        memory = mmap(0, (2 * LC_REGIONS + 1) * size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        for (size_t i = 0; memory != MAP_FAILED && i < LC_REGIONS; i++) {
            if (mprotect(memory + (2 * i + 1) * size, size, PROT_READ | PROT_WRITE) != 0) {
                memory = MAP_FAILED;
            }
        }
        if (memory == MAP_FAILED) {
            fputs("FAILED: no memory with holes in it\n", stderr);
            exit(2);
        }
    }
    return memory + (2 * (size_t)region + 1) * size;
}

int main(int count, char **arguments) {
    char words[512] = "";
    for (int i = 1; i < count; i++) {
        snprintf(words + strlen(words), sizeof words - strlen(words), "%s ", arguments[i]);
    }
    char cpu[64];
    lc_cpu_name(cpu, sizeof cpu);
    setvbuf(stdout, 0, _IOLBF, 0);
    printf("processor %s\n", cpu);
    for (int32_t i = 0; lc_tier_at(i); i++) {
        printf("usable %s %d\n", lc_tier_at(i)->name, lc_tier_usable(i));
    }
    return lc_conformance(words) != 0;
}
