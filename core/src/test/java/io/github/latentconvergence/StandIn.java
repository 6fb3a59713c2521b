package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * The stand-in for the CUDA driver, which the build makes from native/src/test/cuda/driver and puts where this JVM finds it as libcuda.so.1: what tests tell it, and ask it. Where
 * there is none the tests are skipped, and in CI they fail.
 */
@SuppressWarnings("restricted") // a test of native calls
final class StandIn {
    static final long MIB = 1L << 20;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final Optional<SymbolLookup> SYMBOLS = open();

    /** What it can count. */
    enum Kind {
        CONTEXTS, STREAMS, EVENTS, DEVICE_MEMORY, PINNED_MEMORY, DEVICE_BYTES
    }

    private StandIn() {}

    private static Optional<SymbolLookup> open() {
        try {
            return Optional.of(SymbolLookup.libraryLookup("libcuda.so.1", Arena.global())).filter(s -> s.find("standin_reset").isPresent());
        } catch (IllegalArgumentException missing) {
            return Optional.empty();
        }
    }

    private static SymbolLookup symbols() {
        assertThat(SYMBOLS.isPresent() || !"true".equals(System.getenv("CI")))
                .as("the stand-in for the CUDA driver, which the module native builds where there is a C++ compiler").isTrue();
        assumeTrue(SYMBOLS.isPresent(),
                "the stand-in for the CUDA driver is not there (the module native builds it where there is a C++ compiler): the way to a device was not tried");
        return SYMBOLS.orElseThrow();
    }

    private static Object call(String name, FunctionDescriptor signature, Object... arguments) {
        SymbolLookup symbols = symbols();
        try {
            return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), signature).invokeWithArguments(arguments);
        } catch (Throwable thrown) {
            throw new AssertionError(name, thrown);
        }
    }

    private static void tell(String name, MemoryLayout layout, Object argument) {
        call(name, FunctionDescriptor.ofVoid(layout), argument);
    }

    /** So many devices with so much memory each; whatever was there is gone, this library's contexts too. */
    static void reset(int devices, long bytes) {
        try {
            CudaDevice.releaseIdle();
        } finally {
            call("standin_reset", FunctionDescriptor.ofVoid(INT, LONG), devices, bytes);
        }
    }

    /** A call fails once, the occurrence-th time from now on. */
    static void fail(String call, int occurrence, int status) {
        try (Arena arena = Arena.ofConfined()) {
            call("standin_fail", FunctionDescriptor.ofVoid(POINTER, INT, INT), arena.allocateFrom(call), occurrence, status);
        }
    }

    /** All such calls are answered with success and not done. */
    static void skip(String call) {
        try (Arena arena = Arena.ofConfined()) {
            tell("standin_skip", POINTER, arena.allocateFrom(call));
        }
    }

    /** Work is done when it is queued, not when somebody waits. */
    static void immediate(boolean on) {
        tell("standin_immediate", INT, on ? 1 : 0);
    }

    /** So many times, who waits for a kernel is kept waiting until another stream has something queued. */
    static void requireOverlap(int times) {
        tell("standin_require_overlap", INT, times);
    }

    static void version(int version) {
        tell("standin_version", INT, version);
    }

    static void abiVersion(long version) {
        tell("standin_abi_version", LONG, version);
    }

    static void capability(int device, int major, int minor) {
        call("standin_capability", FunctionDescriptor.ofVoid(INT, INT, INT), device, major, minor);
    }

    static int calls(String call) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) call("standin_calls", FunctionDescriptor.of(INT, POINTER), arena.allocateFrom(call));
        }
    }

    static long live(Kind kind) {
        return (long) call("standin_live", FunctionDescriptor.of(LONG, INT), kind.ordinal());
    }

    /** How deep the calling thread's stack of contexts is. */
    static int depth() {
        return (int) call("standin_depth", FunctionDescriptor.of(INT));
    }

    /** Nothing is left, of any kind, nothing was used wrongly, and this thread is in no context. */
    static void nothingIsLeft(String what) {
        CudaDevice.releaseIdle();
        for (Kind kind : Kind.values()) {
            assertThat(live(kind)).as("%s: %s left", what, kind).isZero();
        }
        nothingWasMisused(what);
        assertThat(depth()).as("%s: contexts of this thread", what).isZero();
    }

    static void nothingWasMisused(String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(256);
            int count = (int) call("standin_misuses", FunctionDescriptor.of(INT, POINTER, LONG), first, first.byteSize());
            assertThat(List.of(count, first.getString(0))).as("%s: misuse of the driver", what).isEqualTo(List.of(0, ""));
        }
    }

    /** A call that another library in this process makes, which must succeed. */
    static void driver(String name, FunctionDescriptor signature, Object... arguments) {
        assertThat(call(name, signature, arguments)).as(name).isEqualTo(0);
    }
}
