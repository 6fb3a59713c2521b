package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Memory for large tensors. On Linux it comes straight from the system, zeroed only when it is first touched, and asks for huge pages: a pass over hundreds of megabytes
 * otherwise spends a good part of its time on address translation. Elsewhere, or where native access is not granted, it is ordinary memory.
 */
public final class HugePages {
    private static final long HUGE_PAGE = 2L << 20;
    private static final long WORTHWHILE = 2 * HUGE_PAGE;
    private static final long ALIGNMENT = 64;

    private HugePages() {}

    /**
     * Zeroed memory that lives as long as {@code arena}.
     *
     * @throws OutOfMemoryError if there is not enough
     */
    public static MemorySegment allocate(Arena arena, long bytes) {
        if (bytes < WORTHWHILE || !System.getProperty("os.name", "").equals("Linux")) {
            return arena.allocate(bytes, ALIGNMENT);
        }
        return Holder.LINUX.map(linux -> linux.map(arena, bytes)).orElseGet(() -> arena.allocate(bytes, ALIGNMENT));
    }

    private static final class Holder {
        /** Empty where native access is denied. */
        static final Optional<Linux> LINUX = link();

        private static Optional<Linux> link() {
            try {
                return Optional.of(new Linux());
            } catch (IllegalCallerException denied) {
                return Optional.empty();
            }
        }
    }

    private static final class Linux {
        private static final int READ_WRITE = 0x3;
        private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
        private static final int MADV_HUGEPAGE = 14;

        private static final AddressLayout POINTER = ValueLayout.ADDRESS;
        private final MethodHandle mmap = find("mmap",
                FunctionDescriptor.of(POINTER, POINTER, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        private final MethodHandle munmap = find("munmap",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_LONG));
        private final MethodHandle madvise = find("madvise",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

        @SuppressWarnings("restricted") // the one purpose of this package
        private static MethodHandle find(String name, FunctionDescriptor signature) {
            SymbolLookup libc = Linker.nativeLinker().defaultLookup();
            return Linker.nativeLinker().downcallHandle(libc.findOrThrow(name), signature);
        }

        @SuppressWarnings("restricted") // the one purpose of this package
        MemorySegment map(Arena arena, long bytes) {
            long room = Math.addExact(bytes, 2 * HUGE_PAGE) & -HUGE_PAGE; // so that a whole number of huge pages fits, wherever it starts
            MemorySegment base = (MemorySegment) Downcalls.call(
                    () -> (MemorySegment) mmap.invokeExact(MemorySegment.NULL, room, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0L));
            if (base.address() == -1) {
                throw new OutOfMemoryError("cannot map " + bytes + " bytes for a tensor");
            }
            MemorySegment all = base.reinterpret(room, arena, segment -> Downcalls.call(() -> (int) munmap.invokeExact(segment, room)));
            long start = -base.address() & (HUGE_PAGE - 1);
            MemorySegment tensor = all.asSlice(start, bytes);
            // Only advice: a kernel without huge pages refuses, and nothing is lost.
            Downcalls.call(() -> (int) madvise.invokeExact(tensor, (bytes + HUGE_PAGE - 1) & -HUGE_PAGE, MADV_HUGEPAGE));
            return tensor;
        }
    }
}
