package io.github.latentconvergence;

import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Rows that each lie between two pages that nobody may touch: whoever reads a byte too far dies. Linux only.
 */
final class GuardedMemory {
    static final int PAGE = 4096;
    /** Pages for a row; with the guard behind it, from one row to the next. */
    private static final int ROW_PAGES = 2;
    private static final long STEP = (ROW_PAGES + 1L) * PAGE;

    private static final int NO_ACCESS = 0;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;

    private final MemorySegment memory;
    private final int iterations;
    private final int tokens;

    /** Room for so many rows. */
    GuardedMemory(Arena arena, int iterations, int tokens) {
        this.iterations = iterations;
        this.tokens = tokens;
        long bytes = PAGE + STEP * iterations * tokens;
        this.memory = map(arena, bytes);
        for (int row = 0; row < iterations * tokens; row++) {
            protect(memory.asSlice(PAGE + row * STEP, (long) ROW_PAGES * PAGE), READ_WRITE);
        }
    }

    static boolean isSupported() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /** A tensor of these numbers, every row of which ends where its last page ends, or else starts where its first page starts. */
    StateTensor tensor(Rows rows, boolean atEnd) {
        long bytes = (long) rows.hidden() * rows.dtype().bytes();
        long first = PAGE + (atEnd ? (long) ROW_PAGES * PAGE - bytes : 0);
        for (int t = 0; t < rows.iterations(); t++) {
            for (int i = 0; i < rows.tokens(); i++) {
                rows.write(memory, first + ((long) t * tokens + i) * STEP, rows.values()[t][i]);
            }
        }
        long step = STEP / rows.dtype().bytes();
        MemorySegment from = memory.asSlice(first);
        return iterations == 1
                ? StateTensor.of(from, rows.dtype(), Shape.of(tokens, rows.hidden()), step, 1)
                : StateTensor.of(from, rows.dtype(), rows.shape(), tokens * step, step, 1);
    }

    @SuppressWarnings("restricted") // to make pages that may not be touched
    private static MethodHandle find(String name, FunctionDescriptor signature) {
        SymbolLookup libc = Linker.nativeLinker().defaultLookup();
        return Linker.nativeLinker().downcallHandle(libc.findOrThrow(name), signature);
    }

    @SuppressWarnings("restricted") // to make pages that may not be touched
    private static MemorySegment map(Arena arena, long bytes) {
        MethodHandle mmap = find("mmap", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        MethodHandle munmap = find("munmap",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        try {
            MemorySegment base = (MemorySegment) mmap.invokeExact(MemorySegment.NULL, bytes, NO_ACCESS, PRIVATE_ANONYMOUS, -1, 0L);
            if (base.address() == -1) {
                throw new AssertionError("mmap failed");
            }
            return base.reinterpret(bytes, arena, segment -> {
                try {
                    int status = (int) munmap.invokeExact(segment, bytes);
                    if (status != 0) {
                        throw new AssertionError("munmap failed");
                    }
                } catch (Throwable failed) {
                    throw new AssertionError(failed);
                }
            });
        } catch (Throwable failed) {
            throw new AssertionError(failed);
        }
    }

    private static void protect(MemorySegment pages, int access) {
        MethodHandle mprotect = find("mprotect",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        try {
            int status = (int) mprotect.invokeExact(pages, pages.byteSize(), access);
            if (status != 0) {
                throw new AssertionError("mprotect failed");
            }
        } catch (Throwable failed) {
            throw new AssertionError(failed);
        }
    }
}
