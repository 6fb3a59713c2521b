package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory for large tensors. */
public final class HugePages {
    private HugePages() {}

    /** Zeroed memory that lives as long as {@code arena}. */
    public static MemorySegment allocate(Arena arena, long bytes) {
        return arena.allocate(bytes, 64);
    }
}
