package io.github.latentconvergence.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * One function of the CUDA driver. There is a method for each signature, named by its arguments (p a pointer or handle, i an int, l a long or a size), and no way to call one
 * without its status being checked.
 */
record CudaFunction(String name, MemorySegment address) {
    /** Where a call is made, which says what came of it. */
    @FunctionalInterface
    interface Caller {
        /** Throws unless the status is that of success. */
        void check(String call, int status);
    }

    private static final MethodHandle I = handle(JAVA_INT);
    private static final MethodHandle P = handle(ADDRESS);
    private static final MethodHandle L = handle(JAVA_LONG);
    private static final MethodHandle PI = handle(ADDRESS, JAVA_INT);
    private static final MethodHandle PL = handle(ADDRESS, JAVA_LONG);
    private static final MethodHandle PP = handle(ADDRESS, ADDRESS);
    private static final MethodHandle IP = handle(JAVA_INT, ADDRESS);
    private static final MethodHandle PII = handle(ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle PLI = handle(ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle PPP = handle(ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle PPPP = handle(ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle PPIL = handle(ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle LPLP = handle(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle PLLP = handle(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
    private static final MethodHandle LLLP = handle(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
    private static final MethodHandle LAUNCH = handle(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
            ADDRESS, ADDRESS, ADDRESS);

    @SuppressWarnings("restricted") // the one purpose of this package
    private static MethodHandle handle(MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_INT, arguments));
    }

    void i(Caller at, int a) {
        at.check(name, (int) Downcalls.call(() -> (int) I.invokeExact(address, a)));
    }

    void p(Caller at, MemorySegment a) {
        at.check(name, (int) Downcalls.call(() -> (int) P.invokeExact(address, a)));
    }

    void l(Caller at, long a) {
        at.check(name, (int) Downcalls.call(() -> (int) L.invokeExact(address, a)));
    }

    void pi(Caller at, MemorySegment a, int b) {
        at.check(name, (int) Downcalls.call(() -> (int) PI.invokeExact(address, a, b)));
    }

    void pl(Caller at, MemorySegment a, long b) {
        at.check(name, (int) Downcalls.call(() -> (int) PL.invokeExact(address, a, b)));
    }

    void pp(Caller at, MemorySegment a, MemorySegment b) {
        at.check(name, (int) Downcalls.call(() -> (int) PP.invokeExact(address, a, b)));
    }

    void ip(Caller at, int a, MemorySegment b) {
        at.check(name, (int) Downcalls.call(() -> (int) IP.invokeExact(address, a, b)));
    }

    void pii(Caller at, MemorySegment a, int b, int c) {
        at.check(name, (int) Downcalls.call(() -> (int) PII.invokeExact(address, a, b, c)));
    }

    void pli(Caller at, MemorySegment a, long b, int c) {
        at.check(name, (int) Downcalls.call(() -> (int) PLI.invokeExact(address, a, b, c)));
    }

    void ppp(Caller at, MemorySegment a, MemorySegment b, MemorySegment c) {
        at.check(name, (int) Downcalls.call(() -> (int) PPP.invokeExact(address, a, b, c)));
    }

    void pppp(Caller at, MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d) {
        at.check(name, (int) Downcalls.call(() -> (int) PPPP.invokeExact(address, a, b, c, d)));
    }

    void ppil(Caller at, MemorySegment a, MemorySegment b, int c, long d) {
        at.check(name, (int) Downcalls.call(() -> (int) PPIL.invokeExact(address, a, b, c, d)));
    }

    void lplp(Caller at, long a, MemorySegment b, long c, MemorySegment d) {
        at.check(name, (int) Downcalls.call(() -> (int) LPLP.invokeExact(address, a, b, c, d)));
    }

    void pllp(Caller at, MemorySegment a, long b, long c, MemorySegment d) {
        at.check(name, (int) Downcalls.call(() -> (int) PLLP.invokeExact(address, a, b, c, d)));
    }

    void lllp(Caller at, long a, long b, long c, MemorySegment d) {
        at.check(name, (int) Downcalls.call(() -> (int) LLLP.invokeExact(address, a, b, c, d)));
    }

    /** {@code cuLaunchKernel} of one-dimensional blocks, without dynamic shared memory. */
    void launch(Caller at, MemorySegment kernel, int grid, int block, MemorySegment stream, MemorySegment parameters) {
        at.check(name, (int) Downcalls.call(() -> (int) LAUNCH.invokeExact(address, kernel, grid, 1, 1, block, 1, 1, 0, stream,
                parameters, MemorySegment.NULL)));
    }
}
