package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaMemory;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * States that have a copy on the device: {@code [iterations][tokens][row]}, rows a multiple of 16 bytes apart.
 *
 * @param states what was copied
 * @param address of the copy
 */
record CudaBlock(StateTensor states, long address) {
    private static final long ALIGNMENT = 16;

    /** Bytes from a row's copy to the next one's. */
    static long pitch(StateTensor states) {
        return (states.hidden() * states.dtype().bytes() + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Bytes that a copy takes. */
    static long bytes(StateTensor states) {
        return Math.multiplyExact(Math.multiplyExact(states.iterations(), states.tokens()), pitch(states));
    }

    /** Packs states as a copy lies, for the way to the device. The bytes between rows stay as they are. */
    static void pack(StateTensor states, MemorySegment to, long offset) {
        long row = states.hidden() * states.dtype().bytes();
        long pitch = pitch(states);
        long iteration = states.iterationStride() * states.dtype().bytes();
        long token = states.tokenStride() * states.dtype().bytes();
        boolean together = token == pitch;
        long run = together ? (states.tokens() - 1) * pitch + row : row;
        MemorySegment from = states.segment();
        for (long t = 0; t < states.iterations(); t++) {
            for (long i = 0; i < states.tokens(); i += together ? states.tokens() : 1) {
                MemorySegment.copy(from, t * iteration + i * token, to, offset + (t * states.tokens() + i) * pitch, run);
            }
        }
    }

    long tokenPitch() {
        return pitch(states);
    }

    long iterationPitch() {
        return states.tokens() * pitch(states);
    }

    /** Device memory that holds it; a copy is never read beyond its end. */
    static CudaBlock in(CudaMemory memory, long offset, StateTensor states) {
        return new CudaBlock(states, memory.address() + offset);
    }

    /** Where the copy of some rows is, in bytes from the start; empty unless all of them were copied, which the addresses of the originals tell. */
    OptionalLong find(StateTensor rows) {
        if (rows.dtype() != states.dtype() || rows.hidden() != states.hidden()) {
            return OptionalLong.empty();
        }
        long size = states.dtype().bytes();
        long iteration = states.iterationStride() * size;
        long token = states.tokenStride() * size;
        long away = rows.segment().address() - states.segment().address();
        long high = Math.max(iteration, token);
        long low = Math.min(iteration, token);
        long n = high == 0 ? 0 : away / high;
        long m = low == 0 ? 0 : (away - n * high) / low;
        long t = iteration >= token ? n : m;
        long i = iteration >= token ? m : n;
        boolean all = away >= 0 && n * high + m * low == away
                && t + rows.iterations() <= states.iterations() && i + rows.tokens() <= states.tokens()
                && (rows.iterations() == 1 || rows.iterationStride() == states.iterationStride())
                && (rows.tokens() == 1 || rows.tokenStride() == states.tokenStride());
        return all ? OptionalLong.of(t * iterationPitch() + i * tokenPitch()) : OptionalLong.empty();
    }
}
