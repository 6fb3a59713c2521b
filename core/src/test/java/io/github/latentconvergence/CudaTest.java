package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way to a device and back, on the stand-in for its driver: the same bits as without. */
@Tag("standin")
class CudaTest {
    private static final ConvergenceOptions CUDA = ConvergenceOptions.defaults().withBackend(Backend.CUDA);
    private static final ConvergenceOptions JAVA = ConvergenceOptions.defaults().withBackend(Backend.JAVA);

    @BeforeEach
    void oneDevice() {
        StandIn.reset(1, 256 * StandIn.MIB);
    }

    @AfterEach
    void nothingIsLeft() {
        StandIn.nothingIsLeft("after the test");
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void randomStatesGiveTheSameBits(DType dtype) {
        CudaBits.ofRandomStates(dtype, 12);
    }

    @Test
    void stridedViewsGiveTheSameBits() {
        CudaBits.ofStridedViews(12);
    }

    /** Several iterations a piece, and several pieces an iteration: each waits until the device has fetched the one whose buffer it takes. */
    @Test
    void statesAreCopiedToTheDeviceInPieces() {
        for (int[] shape : new int[][] {{30, 32, 4000}, {3, 1500, 1000}}) {
            Rows rows = Traces.random("pieces", shape[0], shape[1], shape[2]);
            try (Arena arena = Arena.ofShared()) {
                StateTensor states = rows.tensor(arena);
                StandIn.reset(1, 256 * StandIn.MIB);
                try (DeviceStates device = DeviceStates.upload(states, 0)) {
                    assertThat(StandIn.calls("cuMemcpyHtoDAsync_v2")).as("pieces").isGreaterThanOrEqualTo(4);
                    CudaBits.assertSame(Convergence.convergenceMatrix(states, JAVA), Convergence.convergenceMatrix(device, CUDA), "pieces");
                }
            }
        }
    }

    @Test
    void aTraceLargerThanTheDevicesMemoryStreamsThrough() {
        StandIn.reset(1, 3 * StandIn.MIB);
        Rows rows = Traces.random("larger", 33, 48, 800);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            assertThat(states.segment().byteSize()).isGreaterThan(4 * StandIn.MIB);
            List<ConvergenceOptions> options = List.of(CUDA, CUDA.withReference(Reference.tailMean(0.2)));
            List<ConvergenceMatrix> expected = Convergence.convergenceMatrices(states, CudaBits.inJava(options));
            List<ConvergenceMatrix> found = Convergence.convergenceMatrices(states, options);
            for (int o = 0; o < options.size(); o++) {
                CudaBits.assertSame(expected.get(o), found.get(o), "options " + o);
            }
        }
    }

    /** Where not even one token's states have room, iterations are cut; what looks back is copied with what follows. */
    @Test
    void longTokensAreCutInTime() {
        StandIn.reset(1, 3 * StandIn.MIB);
        Rows rows = Traces.random("long", 200, 2, 900);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            for (Reference reference : List.of(Reference.last(), Reference.previous(), Reference.extrapolated())) {
                CudaBits.assertSame(Convergence.convergenceMatrix(states, JAVA.withReference(reference)),
                        Convergence.convergenceMatrix(states, CUDA.withReference(reference)), reference.label());
            }
            assertThat(StandIn.calls("kernel:lc_cuda_measure_f32")).isGreaterThan(3 * 2);
        }
    }

    @Test
    void copyingATileOverlapsComputingTheOneBefore() {
        StandIn.reset(1, 3 * StandIn.MIB);
        Rows rows = Traces.random("overlap", 9, 48, 800);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            ConvergenceMatrix expected = Convergence.convergenceMatrix(states, JAVA);
            StandIn.requireOverlap(1);
            CudaBits.assertSame(expected, Convergence.convergenceMatrix(states, CUDA.withThreads(1)), "overlapping");
            StandIn.nothingWasMisused("a kernel waited, and meanwhile another tile was copied");
        }
    }

    /** A large device has as many workers as threads may be used; a small one few, whatever is asked for. */
    @Test
    void manyWorkersGiveTheSame() {
        Rows rows = Traces.random("workers", 12, 60, 1500);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            ConvergenceMatrix expected = Convergence.convergenceMatrix(states, JAVA);
            for (long gib : new long[] {1, 3, 80}) {
                StandIn.reset(1, gib * 1024 * StandIn.MIB);
                StandIn.requireOverlap(gib == 80 ? 1 : 0);
                CudaBits.assertSame(expected, Convergence.convergenceMatrix(states, CUDA.withThreads(16)), gib + " GiB");
                CudaBits.assertSame(expected, Convergence.convergenceMatrix(states, CUDA.withThreads(16)), gib + " GiB, again");
                StandIn.nothingWasMisused(gib + " GiB");
                assertThat(StandIn.live(StandIn.Kind.STREAMS)).as("kept for the next measurement").isLessThanOrEqualTo(4 * gib);
            }
        }
    }

    /** What is on the device is one tile, or, where that has no room, a few that are as large as each other. */
    @Test
    void statesOnTheDeviceAreCutOnlyWhereTheyMustBe() {
        Rows rows = Traces.random("cut there", 4, 300, 1500);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            ConvergenceMatrix expected = Convergence.convergenceMatrix(states, JAVA);
            for (int[] mibAndTiles : new int[][] {{64, 1}, {11, 4}}) {
                StandIn.reset(1, mibAndTiles[0] * StandIn.MIB);
                try (DeviceStates device = DeviceStates.upload(states, 0)) {
                    int before = StandIn.calls("kernel:lc_cuda_measure_f32");
                    CudaBits.assertSame(expected, Convergence.convergenceMatrix(device, CUDA), mibAndTiles[0] + " MiB");
                    assertThat(StandIn.calls("kernel:lc_cuda_measure_f32") - before).isEqualTo(mibAndTiles[1]);
                }
            }
        }
    }

    @Test
    void manyThreadsAtOnceGiveTheSame() throws InterruptedException {
        StandIn.reset(2, 256 * StandIn.MIB);
        Rows rows = Traces.random("many", 20, 30, 600);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            ConvergenceMatrix expected = Convergence.convergenceMatrix(states, JAVA);
            List<ConvergenceMatrix> found = Collections.synchronizedList(new ArrayList<>());
            try (DeviceStates device = DeviceStates.upload(states, 1)) {
                List<Thread> threads = new ArrayList<>();
                for (int n = 0; n < 9; n++) {
                    int which = n;
                    threads.add(Thread.ofPlatform().start(() -> found.add(which % 3 == 2
                            ? Convergence.convergenceMatrix(device, ConvergenceOptions.defaults())
                            : Convergence.convergenceMatrix(states, CUDA.withDevice(which % 3)))));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            assertThat(found).hasSize(9).allSatisfy(one -> CudaBits.assertSame(expected, one, one.computedBy()));
            assertThat(found).extracting(ConvergenceMatrix::computedBy).contains("cuda/0", "cuda/1");
        }
    }

    @Test
    void aConfinedTensorIsMeasuredByItsOwnThread() {
        Rows rows = Traces.random("confined", 20, 30, 1000);
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = rows.tensor(arena);
            CudaBits.assertSame(Convergence.convergenceMatrix(states, JAVA), Convergence.convergenceMatrix(states, CUDA), "confined");
            try (DeviceStates device = DeviceStates.upload(states, 0)) {
                CudaBits.assertSame(Convergence.convergenceMatrix(states, JAVA), Convergence.convergenceMatrix(device, CUDA),
                        "confined, resident");
            }
        }
    }

    /** Pairs and logits have no CUDA kernels: the host's do them. */
    @Test
    void pairsAndPredictionsAreTheHosts() {
        Rows rows = Traces.random("pairs", 9, 3, 100);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            int[] tokens = {0, 2};
            List<PairwiseDistances> expected = Convergence.pairwiseDistances(states, tokens, JAVA);
            List<PairwiseDistances> found = Convergence.pairwiseDistances(states, tokens, CUDA);
            for (int n = 0; n < tokens.length; n++) {
                for (int t = 0; t < 9; t++) {
                    assertThat(found.get(n).distance(t, 4)).isEqualTo(expected.get(n).distance(t, 4));
                }
            }
            assertThat(Convergence.predictions(states, CUDA).computedBy()).isEqualTo(BackendReport.current().chosen());
        }
    }
}
