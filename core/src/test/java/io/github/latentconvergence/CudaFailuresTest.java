package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of the driver fails, at every time it is called: the message names the call, the device and the error, nothing is left behind, and the same work done again succeeds.
 */
@Tag("standin")
class CudaFailuresTest {
    private static final int OUT_OF_MEMORY = 2;
    private static final int OPERATING_SYSTEM = 304;
    private static final int ILLEGAL_ADDRESS = 700;
    private static final ConvergenceOptions CUDA = ConvergenceOptions.defaults().withBackend(Backend.CUDA);

    private final Arena arena = Arena.ofConfined(); // one thread, so that calls come in the same order each time
    private final StateTensor states = Traces.random("failures", 6, 3, 200).tensor(arena);
    private final Rows other = Traces.random("failing reference", 1, 3, 200);
    private List<ConvergenceMatrix> expected = List.of();

    @BeforeEach
    void expect() {
        StandIn.reset(1, 8 * StandIn.MIB);
        expected = Convergence.convergenceMatrices(states,
                options().stream().map(o -> o.withBackend(Backend.JAVA)).toList());
    }

    @AfterEach
    void nothingIsLeft() {
        StandIn.nothingIsLeft("after the test");
    }

    private List<ConvergenceOptions> options() {
        return List.of(CUDA, CUDA.withReference(Reference.tailMean(0.5)).withMetric(Metric.RELATIVE_L2),
                CUDA.withReference(Reference.previous()),
                CUDA.withReference(Reference.external(other.tensor(arena))).withMetric(Metric.COSINE));
    }

    /** The work in which calls fail: all that users can do with a device. */
    private void everything() {
        List<ConvergenceOptions> options = options();
        List<ConvergenceMatrix> found = new ArrayList<>(Convergence.convergenceMatrices(states, options));
        try (DeviceStates device = DeviceStates.upload(states, 0)) {
            found.addAll(Convergence.convergenceMatrices(device, options));
        }
        for (int n = 0; n < found.size(); n++) {
            CudaBits.assertSame(expected.get(n % expected.size()), found.get(n), "matrix " + n);
        }
        CudaDevice first = new CudaDevice(0, "", "", 0, 0, true);
        assertThat(first.measureLinkBandwidth()).isPositive();
        assertThat(first.measureMemoryBandwidth()).isPositive();
        CudaDevice.releaseIdle();
    }

    /** All but those that only say what an error is called. */
    static Stream<String> calls() {
        return Stream.of("cuInit", "cuDriverGetVersion", "cuDeviceGetCount", "cuDeviceGet", "cuDeviceGetName", "cuDeviceGetAttribute",
                "cuDeviceTotalMem_v2", "cuCtxCreate_v2", "cuCtxDestroy_v2", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2", "cuModuleLoadData",
                "cuModuleGetFunction", "cuModuleGetGlobal_v2", "cuOccupancyMaxActiveBlocksPerMultiprocessor", "cuMemGetInfo_v2",
                "cuMemAlloc_v2", "cuMemFree_v2", "cuMemHostAlloc", "cuMemFreeHost", "cuMemcpyHtoDAsync_v2", "cuMemcpyDtoHAsync_v2",
                "cuMemcpyDtoDAsync_v2", "cuStreamCreate", "cuStreamQuery", "cuStreamSynchronize", "cuStreamDestroy_v2", "cuEventCreate",
                "cuEventRecord",
                "cuEventSynchronize", "cuEventElapsedTime", "cuEventDestroy_v2", "cuLaunchKernel", "kernel:lc_cuda_plan",
                "kernel:lc_cuda_widen", "kernel:lc_cuda_mean", "kernel:lc_cuda_measure_f32");
    }

    private static boolean isOnDevice(String call) {
        return !List.of("cuInit", "cuDriverGetVersion").contains(call) && !call.startsWith("cuDevice");
    }

    private static List<Integer> statuses(String call) {
        if (call.startsWith("kernel:")) {
            return List.of(ILLEGAL_ADDRESS);
        }
        List<Integer> statuses = new ArrayList<>(List.of(OPERATING_SYSTEM));
        if (call.equals("cuMemAlloc_v2") || call.equals("cuMemHostAlloc") || call.equals("cuCtxCreate_v2")) {
            statuses.add(OUT_OF_MEMORY);
        }
        if (isOnDevice(call) && !call.startsWith("cuCtxCreate") && !call.startsWith("cuCtxDestroy")) {
            statuses.add(ILLEGAL_ADDRESS);
        }
        return statuses;
    }

    private static String nameOf(int status) {
        return switch (status) {
            case OUT_OF_MEMORY -> "CUDA_ERROR_OUT_OF_MEMORY (2), out of memory";
            case OPERATING_SYSTEM -> "CUDA_ERROR_OPERATING_SYSTEM (304), OS call failed";
            default -> "CUDA_ERROR_ILLEGAL_ADDRESS (700), an illegal memory access was encountered";
        };
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallMayFailAtAnyTime(String call) {
        everything();
        int times = StandIn.calls(call);
        assertThat(times).as("%s is called", call).isPositive();
        for (int status : statuses(call)) {
            for (int n = 1; n <= times; n++) {
                String what = call + " fails the " + n + "th time with " + status;
                StandIn.reset(1, 8 * StandIn.MIB);
                StandIn.fail(call, n, status);
                Throwable thrown = thrown();
                assertThat(thrown).as(what).isInstanceOf(IllegalStateException.class).hasMessageContaining(nameOf(status));
                assertThat(String.valueOf(thrown.getMessage())).as(what).doesNotContain("\n")
                        .contains(call.startsWith("kernel:") ? "cuStreamSynchronize" : call);
                if (isOnDevice(call)) {
                    assertThat(String.valueOf(thrown.getMessage())).as(what).contains("on CUDA device 0 (stand-in 0)");
                    assertThat(String.valueOf(thrown.getMessage()).contains("is lost with its context")).as(what)
                            .isEqualTo(status == ILLEGAL_ADDRESS);
                }
                StandIn.nothingIsLeft(what);
                CudaBits.assertSame(expected.getFirst(), Convergence.convergenceMatrix(states, CUDA), "after: " + what);
                StandIn.nothingIsLeft(what + ", and then nothing fails");
            }
        }
    }

    private Throwable thrown() {
        try {
            everything();
        } catch (RuntimeException | Error failure) {
            return failure;
        }
        return new AssertionError("nothing was thrown");
    }

    /** With several workers, of which one or several see the failure. */
    @Test
    void aFailureInOneOfSeveralWorkersEndsAll() {
        Rows rows = Traces.random("several workers", 9, 48, 800);
        try (Arena shared = Arena.ofShared()) {
            StateTensor large = rows.tensor(shared);
            for (String call : List.of("kernel:lc_cuda_measure_f32", "cuMemcpyHtoDAsync_v2", "cuStreamSynchronize", "cuMemAlloc_v2",
                    "cuLaunchKernel")) {
                for (int status : new int[] {OPERATING_SYSTEM, ILLEGAL_ADDRESS}) {
                    for (int n = 1; n < 8; n++) {
                        StandIn.reset(1, 3 * StandIn.MIB);
                        StandIn.fail(call, n, status);
                        try {
                            Convergence.convergenceMatrix(large, CUDA);
                            assertThat(StandIn.calls(call)).as("it was not called so often").isLessThan(n);
                        } catch (IllegalStateException failure) {
                            assertThat(failure).hasMessageContaining(nameOf(status));
                        }
                        StandIn.nothingIsLeft(call + " " + n);
                    }
                }
            }
        }
    }

    @Test
    void statesOnADeadContextSayWhyAndAreClosedAllTheSame() {
        try (DeviceStates device = DeviceStates.upload(states, 0)) {
            StandIn.fail("kernel:lc_cuda_widen", 1, ILLEGAL_ADDRESS);
            assertThat(message(() -> Convergence.convergenceMatrix(device, CUDA))).contains("is lost with its context");
            assertThat(message(() -> Convergence.convergenceMatrix(device, CUDA)))
                    .startsWith(
                            "this library's context on CUDA device 0 (stand-in 0) is dead since an earlier failure: cuStreamSynchronize failed");
            assertThat(StandIn.live(StandIn.Kind.CONTEXTS)).as("the dead one, for as long as it is used").isEqualTo(1);
            CudaBits.assertSame(expected.getFirst(), Convergence.convergenceMatrix(states, CUDA), "in a new context");
            assertThat(StandIn.live(StandIn.Kind.CONTEXTS)).isEqualTo(2);
        }
        try (DeviceStates again = DeviceStates.upload(states, 0)) {
            CudaBits.assertSame(expected.getFirst(), Convergence.convergenceMatrix(again, CUDA), "copied again");
        }
    }

    private static String message(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException failure) {
            return String.valueOf(failure.getMessage());
        }
        throw new AssertionError("nothing was thrown");
    }

    /** What a user reads of each failure is in the handbook, to the letter: {@code -Dlatentconvergence.write=true} writes it there. */
    @Test
    void theHandbookShowsTheMessages() throws IOException {
        StringBuilder table = new StringBuilder("| what fails | with | the message |\n|---|---|---|\n");
        for (String call : calls().toList()) {
            int status = call.contains("Alloc")
                    ? OUT_OF_MEMORY
                    : call.contains("Synchronize") ? ILLEGAL_ADDRESS : statuses(call).getFirst();
            StandIn.reset(1, 8 * StandIn.MIB);
            StandIn.fail(call, 1, status);
            table.append("| ").append(call.replace("kernel:", "in ")).append(" | ").append(status).append(" | ")
                    .append(String.valueOf(thrown().getMessage())).append(" |\n");
        }
        Path page = Path.of(System.getProperty("latentconvergence.root"), "src/site/markdown/cuda.md");
        String text = Files.readString(page);
        String mark = "<!-- failures -->\n";
        int begin = text.indexOf(mark) + mark.length();
        int end = text.indexOf("<!-- /failures -->");
        if (Boolean.getBoolean("latentconvergence.write")) {
            text = text.substring(0, begin) + table + text.substring(end);
            end = begin + table.length();
            Files.writeString(page, text);
        }
        assertThat(text.substring(begin, end)).isEqualTo(table.toString());
    }
}
