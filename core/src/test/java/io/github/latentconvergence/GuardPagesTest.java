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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No kernel reads a byte outside a row. Every row, of states and of an external reference, lies against a page that may not be touched; the kinds of rows are such that
 * every reduction is done, those too that are only done when a row is done again.
 */
class GuardPagesTest {
    /** Four rows at once, and some one by one. */
    private static final int ITERATIONS = 6;
    private static final int TOKENS = 2;
    private static final int[] HIDDEN = IntStream.concat(IntStream.rangeClosed(1, 40), IntStream.of(511, 512, 513, 1000)).toArray();

    @BeforeEach
    void needsLinux() {
        Assumptions.assumeTrue(GuardedMemory.isSupported(), "skipped: guard pages are made with Linux's mmap and mprotect");
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void noKernelReadsOutsideARow(DType dtype) {
        SplittableRandom random = Seeds.random("guards " + dtype);
        int passes = 0;
        try (Arena arena = Arena.ofConfined()) {
            GuardedMemory forStates = new GuardedMemory(arena, ITERATIONS, TOKENS);
            GuardedMemory forReference = new GuardedMemory(arena, 1, TOKENS);
            for (int hidden : HIDDEN) {
                for (Rows.Kind kind : List.of(Rows.Kind.NORMAL, Rows.Kind.EQUAL, Rows.Kind.TINY)) {
                    Rows states = Rows.random(random, kind, dtype, ITERATIONS, TOKENS, hidden);
                    DType otherType = random.nextBoolean() ? DType.F64 : DType.values()[random.nextInt(3)];
                    Rows reference = Rows.random(random, kind, otherType, 1, TOKENS, hidden);
                    passes += compare(arena, forStates, states, forReference, reference);
                }
            }
        }
        System.out.println("guard pages, " + dtype.label() + ": passes " + passes);
        assertThat(passes).isEqualTo(HIDDEN.length * 3 * 2 * AllKernels.all().size());
    }

    private static int compare(Arena arena, GuardedMemory forStates, Rows states, GuardedMemory forReference, Rows reference) {
        int passes = 0;
        Sums exits = exitRules(AllKernels.all().getFirst(), states.tensor(arena));
        List<ConvergenceMatrix> expected = AllKernels.measure(AllKernels.all().getFirst(), states.tensor(arena),
                options(Reference.external(reference.matrix(arena)), Reference.external(reference.matrix(arena), true)));
        for (boolean atEnd : new boolean[] {true, false}) {
            StateTensor rows = forStates.tensor(states, atEnd);
            StateTensor external = forReference.tensor(reference, atEnd);
            List<ConvergenceOptions> options = options(Reference.external(external), Reference.external(external, true));
            for (Kernels kernels : AllKernels.all()) {
                List<ConvergenceMatrix> found = AllKernels.measure(kernels, rows, options);
                for (int o = 0; o < options.size(); o++) {
                    for (int i = 0; i < TOKENS; i++) {
                        assertThat(Arrays.equals(found.get(o).distances(i), expected.get(o).distances(i)))
                                .as("%s %s", kernels.name(), found.get(o))
                                .isTrue();
                    }
                }
                assertThat(pairs(kernels, rows)).as(kernels.name()).isEqualTo(pairs(AllKernels.all().getFirst(), states.tensor(arena)));
                assertThat(Arrays.deepEquals(exitRules(kernels, rows).ofStates(), exits.ofStates())).as(kernels.name()).isTrue();
                passes++;
            }
        }
        return passes;
    }

    private static List<Double> pairs(Kernels kernels, StateTensor states) {
        List<Double> distances = new ArrayList<>();
        for (PairwiseDistances pairs : Convergence.pairwiseDistances(states, new int[] {0, 1},
                AllKernels.on(kernels, ConvergenceOptions.defaults()))) {
            for (int n = 0; n < ITERATIONS * ITERATIONS; n++) {
                distances.add(pairs.distance(n / ITERATIONS, n % ITERATIONS));
            }
        }
        return distances;
    }

    /** What no metric asks for. */
    private static Sums exitRules(Kernels kernels, StateTensor states) {
        boolean wide = states.dtype() == DType.F64;
        Plan plan = new Plan(states, List.of(), List.of(), List.of(Reduction.plain(Op.ACCEL2, Reduction.PREVIOUS, wide),
                Reduction.plain(Op.MAX_ABS, Reduction.NO_SOURCE, wide)), new double[(int) states.hidden()], 0);
        return AllKernels.sums(kernels, plan, List.of(new Tile(0, TOKENS, 0, ITERATIONS)));
    }

    private static List<ConvergenceOptions> options(Reference raw, Reference ready) {
        List<ConvergenceOptions> options = new ArrayList<>();
        for (Reference reference : List.of(Reference.last(), Reference.previous(), Reference.tailMean(0.5), raw, ready)) {
            for (Metric metric : List.of(Metric.RELATIVE_L2, Metric.L1, Metric.LINF, Metric.COSINE, Metric.NORM)) { // the others need the same sums
                ConvergenceOptions plain = ConvergenceOptions.defaults().withReference(reference).withMetric(metric);
                options.add(plain);
                options.add(plain.withNormalization(Normalization.rmsNorm()));
            }
        }
        return options;
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void noKernelReadsOutsideARowOfLogits(DType dtype) {
        SplittableRandom random = Seeds.random("guarded logits " + dtype);
        int passes = 0;
        try (Arena arena = Arena.ofConfined()) {
            GuardedMemory memory = new GuardedMemory(arena, ITERATIONS, TOKENS);
            for (int vocabulary : HIDDEN) {
                Rows rows = LogitRows.CLOSE.random(random, dtype, ITERATIONS, TOKENS, vocabulary);
                for (boolean atEnd : new boolean[] {true, false}) {
                    StateTensor guarded = memory.tensor(rows, atEnd);
                    for (Kernels kernels : AllKernels.all()) {
                        Predictions found = Convergence.predictions(guarded, AllKernels.on(kernels, ConvergenceOptions.defaults()));
                        for (int i = 0; i < TOKENS; i++) {
                            PredictionsTest.requireDefined(found, i, rows.token(i), kernels.name());
                        }
                        passes++;
                    }
                }
            }
        }
        System.out.println("guard pages, logits " + dtype.label() + ": passes " + passes);
        assertThat(passes).isEqualTo(HIDDEN.length * 2 * AllKernels.all().size());
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void noKernelReadsOutsideARowThatIsProjected(DType dtype) {
        SplittableRandom random = Seeds.random("guarded projections " + dtype);
        int passes = 0;
        try (Arena arena = Arena.ofConfined()) {
            GuardedMemory memory = new GuardedMemory(arena, ITERATIONS, TOKENS);
            for (int hidden : HIDDEN) {
                Rows rows = Rows.random(random, Rows.Kind.CLOSE, dtype, ITERATIONS, TOKENS, hidden);
                double[] vector = random.doubles(hidden, -1, 1).toArray();
                double[] expected = new DefinedScatter(rows, 0, 1).times(vector);
                for (boolean atEnd : new boolean[] {true, false}) {
                    StateTensor guarded = memory.tensor(rows, atEnd);
                    for (Kernels kernels : AllKernels.all()) {
                        ScatterMatrix found = Convergence.scatterMatrix(guarded, new int[] {0, 1},
                                AllKernels.on(kernels, ConvergenceOptions.defaults()));
                        assertThat(found.times(new double[][] {vector})[0]).as(kernels.name()).isEqualTo(expected);
                        passes++;
                    }
                }
            }
        }
        System.out.println("guard pages, projections " + dtype.label() + ": passes " + passes);
        assertThat(passes).isEqualTo(HIDDEN.length * 2 * AllKernels.all().size());
    }

    /** Were there no guard, or the rows not against it, the test above could not fail. */
    @ParameterizedTest
    @ValueSource(strings = {"states", "reference", "java"})
    void readingOneElementTooFarKillsTheProcess(String what, @TempDir Path folder) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = new ChildJvm(folder).with("--enable-native-access=ALL-UNNAMED").run(TooFar.class, what);
        assertThat(outcome.output()).contains("about to read too far").contains("SIGSEGV").doesNotContain("survived");
        assertThat(outcome.status()).isNotZero();
    }

    @Test
    void readingUpToTheGuardIsHarmless(@TempDir Path folder) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = new ChildJvm(folder).with("--enable-native-access=ALL-UNNAMED").run(TooFar.class, "nothing");
        assertThat(outcome.output()).contains("survived");
        assertThat(outcome.status()).isZero();
    }

    /** Claims that rows are one element longer than they are. */
    static final class TooFar {
        private TooFar() {}

        public static void main(String[] args) {
            int hidden = 33;
            int longer = args[0].equals("nothing") ? hidden : hidden + 1;
            Rows rows = Rows.random(Seeds.random("too far"), Rows.Kind.NORMAL, DType.BF16, 2, 1, hidden);
            try (Arena arena = Arena.ofConfined()) {
                StateTensor guarded = longer(new GuardedMemory(arena, 2, 1).tensor(rows, true), longer);
                StateTensor harmless = StateTensor.of(arena.allocate(2L * longer), DType.BF16, Shape.of(1, 1, longer));
                System.out.println("about to read too far");
                ConvergenceOptions options = ConvergenceOptions.defaults().withBackend(args[0].equals("java") ? Backend.JAVA : Backend.CPU);
                if (args[0].equals("reference")) {
                    Reference reference = Reference.external(guarded.iterations(0, 1));
                    Convergence.convergenceMatrix(harmless, options.withReference(reference));
                } else {
                    Convergence.convergenceMatrix(guarded, options);
                }
                System.out.println("survived");
            }
        }

        @SuppressWarnings("restricted") // to lie about its size
        private static StateTensor longer(StateTensor tensor, int hidden) {
            MemorySegment memory = tensor.segment().reinterpret(tensor.segment().byteSize() + 2);
            return StateTensor.of(memory, tensor.dtype(), Shape.of(2, 1, hidden), tensor.stride(0), tensor.stride(1), 1);
        }
    }
}
