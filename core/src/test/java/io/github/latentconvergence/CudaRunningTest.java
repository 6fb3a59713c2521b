package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owning, closing, cancelling, telling, and living beside others on a device. */
@Tag("standin")
class CudaRunningTest {
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ConvergenceOptions CUDA = ConvergenceOptions.defaults().withBackend(Backend.CUDA);
    private static final ConvergenceOptions JAVA = ConvergenceOptions.defaults().withBackend(Backend.JAVA);

    private final Arena arena = Arena.ofShared();
    private final StateTensor states = Traces.random("running", 9, 48, 800).tensor(arena);

    @BeforeEach
    void oneDevice() {
        StandIn.reset(2, 3 * StandIn.MIB);
    }

    @AfterEach
    void nothingIsLeft() {
        StandIn.nothingIsLeft("after the test");
    }

    @Test
    void closingTwiceIsHarmlessAndUseAfterwardsIsRefused() {
        StateTensor small = states.iterations(0, 2);
        DeviceStates device = DeviceStates.upload(small, 1);
        assertThat(List.of(device.device(), device.isOpen(), device.bytes())).isEqualTo(List.of(1, true, 2L * 48 * 3200));
        assertThatIllegalStateException().as("the tensor stays open").isThrownBy(states::close);
        device.close();
        device.close();
        assertThat(device.isOpen()).isFalse();
        assertThat(device).hasToString("DeviceStates[2][48][800] f32 on CUDA device 1 (closed)");
        assertThatIllegalStateException().isThrownBy(() -> Convergence.convergenceMatrix(device, CUDA))
                .withMessage("the states on the device have been closed");
        states.close();
        assertThat(states.isOpen()).isFalse();
    }

    @Test
    void closingDuringAMeasurementIsRefused() {
        try (DeviceStates device = DeviceStates.upload(states, 0)) {
            List<String> refused = new ArrayList<>();
            Runnable close = device::close;
            ConvergenceMatrix found = Convergence.convergenceMatrix(device, CUDA.withProgress(fraction -> {
                try {
                    close.run();
                } catch (IllegalStateException e) {
                    refused.add(String.valueOf(e.getMessage()));
                }
            }));
            assertThat(refused).isNotEmpty().containsOnly("the states on the device are in use by 1 running measurement(s) and stay open");
            CudaBits.assertSame(Convergence.convergenceMatrix(states, JAVA), found, "all the same");
        }
    }

    @Test
    void optionsThatContradictThePlaceAreRefused() {
        try (DeviceStates device = DeviceStates.upload(states.tokens(0, 2), 0)) {
            assertThatIllegalArgumentException().isThrownBy(() -> Convergence.convergenceMatrix(device, JAVA))
                    .withMessage("states on a CUDA device are measured there: backend java contradicts that");
            assertThatIllegalArgumentException().isThrownBy(() -> Convergence.convergenceMatrix(device, CUDA.withDevice(1)))
                    .withMessage("states on CUDA device 0 are measured there: device 1 contradicts that");
            assertThat(Convergence.convergenceMatrix(device, ConvergenceOptions.defaults()).computedBy()).as("by itself")
                    .isEqualTo("cuda/0");
            assertThat(Convergence.convergenceMatrix(device, CUDA.withDevice(0)).computedBy()).isEqualTo("cuda/0");
        }
        assertThat(Convergence.convergenceMatrix(states.tokens(0, 2)).computedBy()).as("states of the host, by itself").startsWith("cpu/");
    }

    @Test
    void statesThatHaveNoRoomAreRefusedWithTheSizes() {
        assertThatIllegalStateException().isThrownBy(() -> DeviceStates.upload(Traces.random("no room", 40, 50, 800).tensor(arena), 0))
                .withMessageMatching("cuMemAlloc_v2 of 6400000 bytes \\(\\d+ are free\\) failed on CUDA device 0 \\(stand-in 0\\): "
                        + "CUDA_ERROR_OUT_OF_MEMORY \\(2\\), out of memory");
        states.close();
    }

    @Test
    void aTracesMaskIsKnownOnTheDeviceToo(@TempDir Path folder) throws IOException {
        double[][][] values = {{{1, 2}, {3, 4}, {5, 6}}, {{2, 2}, {3, 3}, {5, 5}}};
        try (Trace trace = Traces.open(folder, Traces.states(values).tensor("mask", "U8", "[3]", new byte[] {1, 0, 1}))) {
            ConvergenceMatrix expected = Convergence.convergenceMatrix(trace, JAVA);
            CudaBits.assertSame(expected, Convergence.convergenceMatrix(trace, CUDA), "streamed");
            try (DeviceStates device = DeviceStates.upload(trace, 0)) {
                ConvergenceMatrix there = Convergence.convergenceMatrix(device, CUDA);
                CudaBits.assertSame(expected, there, "on the device");
                assertThat(there.isMasked(1)).isTrue();
            }
        }
    }

    @Test
    void progressIsToldToTheEnd() {
        List<Double> told = new ArrayList<>();
        Convergence.convergenceMatrix(states, CUDA.withProgress(told::add));
        assertThat(told).isSorted().endsWith(1.0);
    }

    @Test
    void interruptingCancelsAndLeavesNothing() {
        for (Runnable work : List.<Runnable>of(() -> Convergence.convergenceMatrix(states, CUDA),
                () -> DeviceStates.upload(states, 0).close())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(work::run).isInstanceOf(CancellationException.class).hasMessageContaining("interrupted after 0 of ");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            StandIn.nothingIsLeft("interrupted");
        }
        states.close();
    }

    /** To pin memory takes longer than many a measurement: the next one finds what is there. */
    @Test
    void theNextMeasurementFindsItsBuffers() {
        try (Arena confined = Arena.ofConfined()) {
            StateTensor one = Traces.random("again", 5, 3, 100).tensor(confined);
            Convergence.convergenceMatrix(one, CUDA);
            List<Integer> before = List.of(StandIn.calls("cuMemHostAlloc"), StandIn.calls("cuMemAlloc_v2"),
                    StandIn.calls("cuStreamCreate"));
            CudaBits.assertSame(Convergence.convergenceMatrix(one, JAVA), Convergence.convergenceMatrix(one, CUDA), "again");
            assertThat(List.of(StandIn.calls("cuMemHostAlloc"), StandIn.calls("cuMemAlloc_v2"), StandIn.calls("cuStreamCreate")))
                    .isEqualTo(before);
            StateTensor larger = Traces.random("larger then", 9, 5, 300).tensor(confined);
            CudaBits.assertSame(Convergence.convergenceMatrix(larger, JAVA), Convergence.convergenceMatrix(larger, CUDA), "larger");
            assertThat(StandIn.live(StandIn.Kind.STREAMS)).as("the smaller one's place is taken").isEqualTo(1);
            DeviceStates.upload(larger, 0).close();
            assertThat(StandIn.live(StandIn.Kind.PINNED_MEMORY)).as("room was made").isZero();
        }
    }

    /** A call of the driver takes some microseconds, as much as the work between two of them. */
    @Test
    void statesOnTheDeviceAreMeasuredWithFewCalls() {
        List<String> calls = List.of("cuCtxPushCurrent_v2", "cuMemGetInfo_v2", "cuMemcpyHtoDAsync_v2", "cuLaunchKernel",
                "cuMemcpyDtoHAsync_v2",
                "cuStreamQuery", "cuStreamSynchronize");
        try (DeviceStates device = DeviceStates.upload(states, 0)) {
            ConvergenceMatrix expected = Convergence.convergenceMatrix(device, CUDA);
            List<Integer> before = calls.stream().map(StandIn::calls).toList();
            CudaBits.assertSame(expected, Convergence.convergenceMatrix(device, CUDA), "again");
            List<Integer> after = calls.stream().map(StandIn::calls).toList();
            assertThat(IntStream.range(0, calls.size()).mapToObj(n -> after.get(n) - before.get(n))).as(calls.toString())
                    .containsExactly(1, 0, 1, 3, 1, 1, 1);
        }
    }

    /** To be woken takes longer than many a measurement: who waits for states that are there asks at first, and often that is all. */
    @Test
    void whatIsDoneSoonIsNotWaitedFor() {
        try (DeviceStates device = DeviceStates.upload(states, 0)) {
            StandIn.immediate(true);
            int before = StandIn.calls("cuStreamSynchronize");
            Convergence.convergenceMatrix(device, CUDA);
            assertThat(StandIn.calls("cuStreamQuery")).isPositive();
            assertThat(StandIn.calls("cuStreamSynchronize")).isEqualTo(before);
        }
    }

    /** As PyTorch would: it has a context, memory in it, and the context is its thread's. Whatever happens to ours, these stay. */
    @Test
    void theContextOfAnotherLibraryIsLeftAsItIs() {
        try (Arena own = Arena.ofConfined()) {
            MemorySegment context = own.allocate(POINTER);
            MemorySegment memory = own.allocate(LONG);
            MemorySegment now = own.allocate(POINTER);
            assertThat(CudaDevice.list()).as("the driver has been started").hasSize(2);
            StandIn.driver("cuCtxCreate_v2", FunctionDescriptor.of(INT, POINTER, INT, INT), context, 0, 0);
            StandIn.driver("cuMemAlloc_v2", FunctionDescriptor.of(INT, POINTER, LONG), memory, 1000L);
            for (int status : new int[] {0, 700}) {
                if (status != 0) {
                    StandIn.fail("kernel:lc_cuda_widen", 1, status);
                    assertThatIllegalStateException().isThrownBy(() -> Convergence.convergenceMatrix(states, CUDA));
                } else {
                    Convergence.convergenceMatrix(states, CUDA);
                }
                CudaDevice.releaseIdle();
                StandIn.driver("cuCtxGetCurrent", FunctionDescriptor.of(INT, POINTER), now);
                assertThat(now.get(POINTER, 0)).isEqualTo(context.get(POINTER, 0));
                assertThat(List.of(StandIn.live(StandIn.Kind.CONTEXTS), StandIn.live(StandIn.Kind.DEVICE_BYTES)))
                        .isEqualTo(List.of(1L, 1000L));
            }
            StandIn.driver("cuMemFree_v2", FunctionDescriptor.of(INT, LONG), memory.get(LONG, 0));
            StandIn.driver("cuCtxDestroy_v2", FunctionDescriptor.of(INT, POINTER), context.get(POINTER, 0));
        }
    }

    /** Planted: who does not wait reads what was there before. The stand-in's other way of working would not show it. */
    @Test
    void aForgottenWaitIsSeen() {
        ConvergenceMatrix expected = Convergence.convergenceMatrix(states, JAVA);
        StateTensor others = Traces.random("others before", 9, 48, 800).tensor(arena);
        Convergence.convergenceMatrix(others, CUDA); // loads the kernels, with waiting, and leaves other sums where these come back
        StandIn.skip("cuStreamSynchronize");
        assertThatThrownBy(() -> CudaBits.assertSame(expected, Convergence.convergenceMatrix(states, CUDA), "without waiting"))
                .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(AssertionError.class),
                        e -> assertThat(e).hasMessageContaining("refused a tile"));
        StandIn.reset(1, 3 * StandIn.MIB);
        StandIn.immediate(true);
        Convergence.convergenceMatrix(states, CUDA);
        StandIn.skip("cuStreamSynchronize");
        CudaBits.assertSame(expected, Convergence.convergenceMatrix(states, CUDA), "as luck would have it");
        StandIn.reset(1, 3 * StandIn.MIB);
    }
}
