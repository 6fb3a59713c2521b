package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Op;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Reduction;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However the work is cut and wherever the states lie, the same bits come out. */
class LayoutsTest {
    private static final List<ConvergenceOptions> OPTIONS = options();

    private static final List<ConvergenceOptions> FEW = List.of(
            OPTIONS.getFirst(),
            OPTIONS.getFirst().withReference(Reference.previous()).withMetric(Metric.RELATIVE_L2)
                    .withNormalization(Normalization.rmsNorm()),
            OPTIONS.getFirst().withReference(Reference.tailMean()),
            OPTIONS.getFirst().withMetric(Metric.L1).withNormalization(Normalization.rmsNorm()),
            OPTIONS.getFirst().withMetric(Metric.LINF).withReference(Reference.previous()),
            OPTIONS.getFirst().withMetric(Metric.COSINE));

    private static List<ConvergenceOptions> options() {
        List<ConvergenceOptions> all = new ArrayList<>();
        for (Reference reference : List.of(Reference.last(), Reference.previous(), Reference.iteration(0), Reference.tailMean(0.4))) {
            for (Metric metric : Metric.values()) {
                ConvergenceOptions plain = ConvergenceOptions.defaults().withMetric(metric).withReference(reference).withThreads(1);
                all.add(plain);
                all.add(plain.withNormalization(Normalization.rmsNorm()));
            }
        }
        return all;
    }

    private static List<ConvergenceMatrix> measure(Kernels kernels, StateTensor states) {
        return AllKernels.measure(kernels, states, OPTIONS);
    }

    private static void assertSame(List<ConvergenceMatrix> expected, List<ConvergenceMatrix> found, String what) {
        for (int o = 0; o < expected.size(); o++) {
            for (int i = 0; i < expected.get(o).tokens(); i++) {
                assertThat(found.get(o).distances(i)).as("%s, %s, token %d", what, found.get(o), i)
                        .usingComparator((a, b) -> Arrays.equals(a, b) ? 0 : 1)
                        .isEqualTo(expected.get(o).distances(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void threadsAndTheTilesCutForThemDoNotMatter(DType dtype) {
        SplittableRandom random = Seeds.random("threads " + dtype);
        int[][] shapes = {{70, 1, 33_003 / dtype.bytes()}, {9, 37, 3999 / dtype.bytes()}};
        for (int[] shape : shapes) {
            Rows rows = Rows.random(random, Rows.Kind.CLOSE, dtype, shape[0], shape[1], shape[2]);
            try (Arena arena = Arena.ofShared()) {
                StateTensor states = rows.tensor(arena);
                assertThat(states.segment().byteSize()).as("large enough for several threads").isGreaterThan(1 << 20);
                boolean cutInTime = TileRunner.cut(states, new boolean[shape[1]], 8, 4L * shape[2]).stream()
                        .anyMatch(t -> t.iterations() < shape[0]);
                assertThat(cutInTime).as("iterations are cut").isEqualTo(shape[1] < 16);
                List<ConvergenceMatrix> expected = AllKernels.measure(AllKernels.all().getFirst(), states, FEW);
                for (Kernels kernels : AllKernels.all()) {
                    for (int threads : new int[] {1, 2, 3, 8}) {
                        List<ConvergenceOptions> more = FEW.stream().map(o -> o.withThreads(threads)).toList();
                        assertSame(expected, AllKernels.measure(kernels, states, more), kernels.name() + ", threads " + threads);
                    }
                }
            }
        }
    }

    @Test
    void anyWayOfCuttingTilesGivesTheSameSums() {
        SplittableRandom random = Seeds.random("tiles");
        for (int n = 0; n < 60; n++) {
            Rows rows = Rows.random(random, Rows.Kind.MIXED, DType.values()[n % 4], 1 + random.nextInt(20), 1 + random.nextInt(20),
                    1 + random.nextInt(700));
            try (Arena arena = Arena.ofConfined()) {
                StateTensor states = rows.tensor(arena);
                Planner planner = new Planner(states);
                Normalization norm = n % 8 < 4
                        ? Normalization.rmsNorm()
                        : Normalization.rmsNorm(random.doubles(rows.hidden(), -2, 2).toArray(), 1e-6);
                for (ConvergenceOptions o : OPTIONS) {
                    if (!(o.reference() instanceof Reference.Iteration at) || at.k() < rows.iterations()) {
                        planner.add(o.metric(), o.reference(), o.normalization().isRmsNorm() ? norm : o.normalization());
                    }
                }
                Plan plan = withThoseOfExitRules(planner.plan(norm));
                List<Tile> whole = List.of(new Tile(0, rows.tokens(), 0, rows.iterations()));
                Sums expected = AllKernels.sums(AllKernels.all().getFirst(), plan, whole);
                for (Kernels kernels : AllKernels.all()) {
                    double[][] found = AllKernels.sums(kernels, plan, cuts(random, rows)).ofStates();
                    assertThat(Arrays.deepEquals(found, expected.ofStates())).as(kernels.name()).isTrue();
                }
            }
        }
    }

    /** The reductions that no metric asks for beside those of a plan. */
    private static Plan withThoseOfExitRules(Plan plan) {
        boolean wide = plan.states().dtype() == DType.F64;
        List<Reduction> ofStates = new ArrayList<>(plan.ofStates());
        ofStates.add(Reduction.plain(Op.ACCEL2, Reduction.PREVIOUS, wide));
        ofStates.add(Reduction.plain(Op.MAX_ABS, Reduction.NO_SOURCE, wide));
        return new Plan(plan.states(), plan.sources(), plan.ofSources(), ofStates, plan.weight(), plan.eps());
    }

    /** Random tiles that cover everything once, in any order. */
    private static List<Tile> cuts(SplittableRandom random, Rows rows) {
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < rows.tokens();) {
            int tokens = 1 + random.nextInt(rows.tokens() - i);
            for (int t = 0; t < rows.iterations();) {
                int iterations = 1 + random.nextInt(rows.iterations() - t);
                tiles.add(random.nextInt(tiles.size() + 1), new Tile(i, tokens, t, iterations));
                t += iterations;
            }
            i += tokens;
        }
        return tiles;
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void stridesAlignmentAndTheKindOfMemoryDoNotMatter(DType dtype) {
        SplittableRandom random = Seeds.random("strides " + dtype);
        for (int hidden : new int[] {1, 17, 300, 513}) {
            Rows rows = Rows.random(random, Rows.Kind.MIXED, dtype, 9, 4, hidden);
            try (Arena confined = Arena.ofConfined(); Arena shared = Arena.ofShared()) {
                List<ConvergenceMatrix> expected = measure(AllKernels.all().getFirst(), rows.tensor(shared));
                long bytes = 9L * 7 * 3 * (hidden + 3) * dtype.bytes() + 64;
                List<StateTensor> layouts = List.of(
                        rows.tensor(confined),
                        rows.tensor(confined.allocate(bytes + 1, 1).asSlice(1), rows.shape().contiguousStrides()),
                        rows.tensor(shared.allocate(bytes, 1), 7L * (hidden + 3), hidden + 3, 1), // tokens apart
                        rows.tensor(shared.allocate(bytes, 1), hidden, 9L * hidden, 1), // token by token
                        sequence(rows, shared.allocate(bytes, 1)));
                for (Kernels kernels : AllKernels.all()) {
                    for (StateTensor layout : layouts) {
                        assertSame(expected, measure(kernels, layout), kernels.name() + " " + layout);
                    }
                }
            }
        }
    }

    /** Sequence 1 of 3. */
    private static StateTensor sequence(Rows rows, MemorySegment memory) {
        int hidden = rows.hidden();
        int tokens = rows.tokens();
        rows.tensor(memory.asSlice((long) tokens * hidden * rows.dtype().bytes()), 3L * tokens * hidden, hidden, 1);
        return StateTensor.of(memory, rows.dtype(), Shape.of(rows.iterations(), 3, tokens, hidden)).batch(1);
    }

    @Test
    void viewsOfIterationsAndTokensAreMeasuredAsIfTheyWereAlone() {
        Rows rows = Rows.random(Seeds.random("views"), Rows.Kind.CLOSE, DType.F32, 12, 6, 77);
        try (Arena arena = Arena.ofShared()) {
            StateTensor view = rows.tensor(arena).iterations(3, 10).tokens(2, 5);
            double[][][] part = new double[7][3][];
            for (int t = 0; t < 7; t++) {
                System.arraycopy(rows.values()[t + 3], 2, part[t], 0, 3);
            }
            List<ConvergenceMatrix> expected = measure(AllKernels.all().getFirst(), new Rows(DType.F32, part).tensor(arena));
            for (Kernels kernels : AllKernels.all()) {
                assertSame(expected, measure(kernels, view), kernels.name());
            }
        }
    }
}
