package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
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

    static void assertSame(ConvergenceMatrix expected, ConvergenceMatrix found, String what) {
        for (int i = 0; i < expected.tokens(); i++) {
            assertThat(found.distances(i)).as("%s, token %d", what, i).usingComparator((a, b) -> Arrays.equals(a, b) ? 0 : 1)
                    .isEqualTo(expected.distances(i));
            for (int t = 0; t < expected.iterations(); t++) {
                assertThat(Double.doubleToRawLongBits(found.logDistance(i, t)))
                        .isEqualTo(Double.doubleToRawLongBits(expected.logDistance(i, t)));
            }
        }
    }

    private static Reference reference(SplittableRandom random, Rows rows, Arena arena) {
        int iterations = rows.iterations();
        return switch (random.nextInt(6)) {
            case 0 -> Reference.last();
            case 1 -> Reference.iteration(random.nextInt(iterations));
            case 2 -> Reference.tailMean(random.nextDouble(0.1, 1));
            case 3 -> Reference.previous();
            case 4 -> Reference.lowestResidual();
            default -> {
                DType type = DType.values()[random.nextInt(4)];
                Rows other = Rows.random(random, Rows.Kind.CLOSE, type, 1, rows.tokens(), rows.hidden());
                StateTensor states = other.tensor(arena);
                yield Reference.external(StateTensor.of(states.segment(), type, Shape.of(rows.tokens(), rows.hidden())));
            }
        };
    }

    private static List<ConvergenceOptions> options(SplittableRandom random, Rows rows, Arena arena) {
        Normalization norm = random.nextBoolean()
                ? Normalization.rmsNorm()
                : Normalization.rmsNorm(random.doubles(rows.hidden(), -2, 2).toArray(), 1e-6);
        List<ConvergenceOptions> all = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            all.add(CUDA.withMetric(Metric.values()[random.nextInt(Metric.values().length)]).withReference(reference(random, rows, arena))
                    .withNormalization(random.nextInt(3) == 0 ? norm : Normalization.none()).withReferenceSizes(random.nextInt(4) == 0));
        }
        return all;
    }

    private static List<ConvergenceOptions> inJava(List<ConvergenceOptions> options) {
        return options.stream().map(o -> o.withBackend(Backend.JAVA)).toList();
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void randomStatesGiveTheSameBits(DType dtype) {
        SplittableRandom random = Seeds.random("cuda " + dtype);
        for (int n = 0; n < 12; n++) {
            Rows rows = Rows.random(random, Rows.Kind.MIXED, dtype, 1 + random.nextInt(20), 1 + random.nextInt(9), 1 + random.nextInt(700));
            try (Arena arena = Arena.ofShared()) {
                StateTensor states = rows.tensor(arena);
                List<ConvergenceOptions> options = options(random, rows, arena);
                List<ConvergenceMatrix> expected = Convergence.convergenceMatrices(states, inJava(options));
                List<ConvergenceMatrix> streamed = Convergence.convergenceMatrices(states, options);
                try (DeviceStates device = DeviceStates.upload(states, 0)) {
                    List<ConvergenceMatrix> there = Convergence.convergenceMatrices(device, options);
                    for (int o = 0; o < options.size(); o++) {
                        String what = rows + " " + options.get(o);
                        assertSame(expected.get(o), streamed.get(o), what);
                        assertSame(expected.get(o), there.get(o), what + " on the device");
                        assertThat(List.of(streamed.get(o).computedBy(), there.get(o).computedBy())).containsOnly("cuda/0");
                    }
                }
            }
        }
    }

    /** A batch axis, or slices of tokens and iterations: rows that lie apart, in either order. */
    @Test
    void stridedViewsGiveTheSameBits() {
        SplittableRandom random = Seeds.random("cuda views");
        for (int n = 0; n < 12; n++) {
            DType dtype = DType.values()[n % 4];
            int a = 2 + random.nextInt(8);
            int b = 2 + random.nextInt(8);
            int hidden = 1 + random.nextInt(200);
            Rows rows = Rows.random(random, Rows.Kind.CLOSE, dtype, a, b, hidden);
            try (Arena arena = Arena.ofShared()) {
                StateTensor contiguous = rows.tensor(arena);
                StateTensor turned = StateTensor.of(contiguous.segment(), dtype, Shape.of(b, a, hidden), hidden, (long) b * hidden, 1);
                for (StateTensor states : List.of(contiguous.tokens(1, b), contiguous.iterations(1, a), turned, turned.tokens(0, a - 1))) {
                    List<ConvergenceOptions> options = List.of(CUDA, CUDA.withReference(Reference.tailMean(0.6)),
                            CUDA.withReference(Reference.previous()).withMetric(Metric.COSINE));
                    List<ConvergenceMatrix> expected = Convergence.convergenceMatrices(states, inJava(options));
                    try (DeviceStates device = DeviceStates.upload(states, 0)) {
                        for (int o = 0; o < options.size(); o++) {
                            assertSame(expected.get(o), Convergence.convergenceMatrix(states, options.get(o)), "streamed " + states);
                            assertSame(expected.get(o), Convergence.convergenceMatrix(device, options.get(o)), "resident " + states);
                        }
                    }
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
            List<ConvergenceMatrix> expected = Convergence.convergenceMatrices(states, inJava(options));
            List<ConvergenceMatrix> found = Convergence.convergenceMatrices(states, options);
            for (int o = 0; o < options.size(); o++) {
                assertSame(expected.get(o), found.get(o), "options " + o);
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
                assertSame(Convergence.convergenceMatrix(states, JAVA.withReference(reference)),
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
            assertSame(expected, Convergence.convergenceMatrix(states, CUDA.withThreads(1)), "overlapping");
            StandIn.nothingWasMisused("a kernel waited, and meanwhile another tile was copied");
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
            assertThat(found).hasSize(9).allSatisfy(one -> assertSame(expected, one, one.computedBy()));
            assertThat(found).extracting(ConvergenceMatrix::computedBy).contains("cuda/0", "cuda/1");
        }
    }

    @Test
    void aConfinedTensorIsMeasuredByItsOwnThread() {
        Rows rows = Traces.random("confined", 20, 30, 1000);
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = rows.tensor(arena);
            assertSame(Convergence.convergenceMatrix(states, JAVA), Convergence.convergenceMatrix(states, CUDA), "confined");
            try (DeviceStates device = DeviceStates.upload(states, 0)) {
                assertSame(Convergence.convergenceMatrix(states, JAVA), Convergence.convergenceMatrix(device, CUDA), "confined, resident");
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
