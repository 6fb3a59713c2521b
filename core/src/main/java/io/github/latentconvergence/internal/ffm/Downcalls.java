package io.github.latentconvergence.internal.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** One method handle for each signature; the function's address is the first argument, so that a tier is a value. */
final class Downcalls {
    private static final AddressLayout C_POINTER = ValueLayout.ADDRESS;

    static final MethodHandle INT = handle(FunctionDescriptor.of(JAVA_INT));
    static final MethodHandle INT_OF_INT = handle(FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle ADDRESS = handle(FunctionDescriptor.of(C_POINTER));
    static final MethodHandle ADDRESS_OF_INT = handle(FunctionDescriptor.of(C_POINTER, JAVA_INT));
    static final MethodHandle CPU_NAME = handle(FunctionDescriptor.ofVoid(C_POINTER, JAVA_LONG));

    /** {@code lc_tier.widen}. */
    static final MethodHandle WIDEN = handle(FunctionDescriptor.of(JAVA_INT, C_POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_LONG, C_POINTER, JAVA_LONG));
    /** {@code lc_tier.mean}. */
    static final MethodHandle MEAN = handle(FunctionDescriptor.of(JAVA_INT, C_POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_LONG, C_POINTER, JAVA_LONG));
    /** {@code lc_tier.measure}. */
    static final MethodHandle MEASURE = handle(
            FunctionDescriptor.of(JAVA_INT, C_POINTER, C_POINTER, JAVA_LONG));
    /** {@code lc_tier.read}. */
    static final MethodHandle READ = handle(
            FunctionDescriptor.of(JAVA_LONG, C_POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    /** {@code lc_tier.pairs}. */
    static final MethodHandle PAIRS = handle(
            FunctionDescriptor.of(JAVA_INT, C_POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    /** {@code lc_tier.logits}. */
    static final MethodHandle LOGITS = handle(FunctionDescriptor.of(JAVA_INT, C_POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, C_POINTER, JAVA_LONG));
    /** {@code lc_tier.project} and {@code lc_tier.combine}. */
    static final MethodHandle OF_ROWS = handle(FunctionDescriptor.of(JAVA_INT, C_POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, C_POINTER, JAVA_LONG));

    private static final long LONGEST_STRING = 4096;

    private Downcalls() {}

    @SuppressWarnings("restricted") // the one purpose of this package
    private static MethodHandle handle(FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(signature);
    }

    /** A call that may be declared to throw anything, and throws only what is unchecked. */
    @FunctionalInterface
    interface Call {
        Object call() throws Throwable;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Run {
        void run() throws Throwable;
    }

    static Object call(Call call) {
        try {
            return call.call();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static void run(Run call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** A downcall declares {@code Throwable}; what it throws is unchecked, and passes through as it is. */
    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            return e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        throw new AssertionError("a downcall threw a checked exception", thrown);
    }

    @SuppressWarnings("restricted") // the one purpose of this package
    static String string(MemorySegment address) {
        return address.reinterpret(LONGEST_STRING).getString(0);
    }

    /** Bytes of {@code count} addresses. */
    static long addresses(int count) {
        return MemoryLayout.sequenceLayout(count, C_POINTER).byteSize();
    }
}
