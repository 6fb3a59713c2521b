package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/** Every two states of a token: every kernel against the way that single references take, and against the definition, bit for bit. */
class PairwiseTest {
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();
    /** At the edges of tiles, of panels of columns, and of chunks of references. */
    private static final int[] ITERATIONS = {1, 2, 3, 4, 5, 7, 8, 9, 17, 33, 70};
    private static final int DEFINED = 40;

    private final Map<String, Long> compared = new TreeMap<>();

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyPairHasTheBitsOfADistanceToOneReference(DType dtype) {
        SplittableRandom random = Seeds.random("pairs " + dtype);
        for (Rows.Kind kind : Rows.Kind.values()) {
            for (int n = 0; n < 5; n++) {
                int iterations = n == 0 ? 2 + random.nextInt(69) : ITERATIONS[random.nextInt(ITERATIONS.length)];
                compare(random, Rows.random(random, kind, dtype, iterations, 1 + random.nextInt(2), hidden(random)), L2);
            }
        }
        compare(random, Rows.random(random, Rows.Kind.MIXED, dtype, 13, 1, 5280), L2);
        System.out.println("pairs, " + dtype.label() + ": compared " + compared);
        assertThat(compared).hasSize(AllKernels.all().size()).allSatisfy((kernels, pairs) -> assertThat(pairs).isGreaterThan(5_000));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void normalisedPairsHaveThemToo(DType dtype) {
        SplittableRandom random = Seeds.random("normalised pairs " + dtype);
        for (Rows.Kind kind : Rows.Kind.values()) {
            int hidden = 1 + random.nextInt(90);
            Rows rows = Rows.random(random, kind, dtype, 2 + random.nextInt(39), 2, hidden);
            double eps = random.nextBoolean() ? 0 : 1e-6;
            compare(random, rows, L2.withNormalization(random.nextBoolean()
                    ? Normalization.rmsNorm(eps)
                    : Normalization.rmsNorm(random.doubles(hidden, -2, 2).toArray(), eps)));
        }
        assertThat(compared).hasSize(AllKernels.all().size()).allSatisfy((kernels, pairs) -> assertThat(pairs).isGreaterThan(1_000));
    }

    private static int hidden(SplittableRandom random) {
        int[] edges = {1, 15, 16, 17, 511, 512, 513, 1020, 1024, 1025};
        return random.nextBoolean() ? 1 + random.nextInt(1100) : edges[random.nextInt(edges.length)];
    }

    private void compare(SplittableRandom random, Rows rows, ConvergenceOptions options) {
        List<ConvergenceOptions> references = new ArrayList<>();
        for (int k = 0; k < rows.iterations(); k++) {
            references.add(options.withReference(Reference.iteration(k)));
        }
        try (Arena arena = Arena.ofConfined()) {
            long element = random.nextInt(5); // between rows
            long row = rows.hidden() + element;
            StateTensor states = rows.tensor(arena.allocate((row * rows.iterations() * rows.tokens() + 8) * rows.dtype().bytes(), 1),
                    rows.tokens() * row, row, 1);
            for (Kernels kernels : AllKernels.all()) {
                List<ConvergenceMatrix> matrices = inPasses(kernels, states, references);
                int[] tokens = IntStream.range(0, rows.tokens()).map(i -> rows.tokens() - 1 - i).toArray();
                List<PairwiseDistances> found = Convergence.pairwiseDistances(states, tokens, AllKernels.on(kernels, options));
                for (PairwiseDistances pairs : found) {
                    check(kernels, rows, pairs, matrices);
                    define(random, rows, pairs, options.normalization());
                }
                assertThat(found).extracting(PairwiseDistances::token)
                        .containsExactly(IntStream.of(tokens).boxed().toArray(Integer[]::new));
            }
        }
    }

    /** As many references at a time as a pass takes. */
    private static List<ConvergenceMatrix> inPasses(Kernels kernels, StateTensor states, List<ConvergenceOptions> references) {
        List<ConvergenceMatrix> all = new ArrayList<>();
        for (int from = 0; from < references.size(); from += 25) {
            all.addAll(AllKernels.measure(kernels, states, references.subList(from, Math.min(from + 25, references.size()))));
        }
        return all;
    }

    private void check(Kernels kernels, Rows rows, PairwiseDistances pairs, List<ConvergenceMatrix> matrices) {
        for (int i = 0; i < rows.iterations(); i++) {
            for (int j = i; j < rows.iterations(); j++) {
                double expected = matrices.get(i).distance(pairs.token(), j);
                if (bits(pairs.distance(i, j)) != bits(expected) || bits(pairs.distance(j, i)) != bits(expected)) {
                    assertThat(pairs.distance(i, j)).as("%s, %s %s, %s, %s", kernels.name(), rows.dtype(), rows.shape(), i, j)
                            .isEqualTo(expected);
                    assertThat(bits(pairs.distance(j, i))).isEqualTo(bits(expected));
                }
                compared.merge(kernels.name(), 1L, Long::sum);
            }
        }
    }

    private static void define(SplittableRandom random, Rows rows, PairwiseDistances pairs, Normalization normalization) {
        double @Nullable [] weight = normalization.isRmsNorm() ? normalization.weight().orElse(new double[0]) : null;
        for (int n = 0; n < DEFINED; n++) {
            int j = random.nextInt(rows.iterations());
            int i = random.nextInt(j + 1);
            Definition definition = new Definition(rows.dtype(), rows.token(pairs.token()), rows.values()[i][pairs.token()],
                    rows.dtype() == DType.F64, false, weight, normalization.eps());
            assertThat(bits(pairs.distance(i, j))).isEqualTo(bits(definition.distance(Metric.L2, j)));
        }
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @Test
    void distancesOfNumbersThatCanBeCheckedByHand() {
        double[][][] values = {{{0, 0}, {9, 9}}, {{3, 4}, {9, 9}}, {{3, 0}, {9, Double.NaN}}, {{0, 0}, {Double.POSITIVE_INFINITY, 9}}};
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = new Rows(DType.F32, values).tensor(arena);
            for (Kernels kernels : AllKernels.all()) {
                List<PairwiseDistances> found = Convergence.pairwiseDistances(states, new int[] {0, 1, 0}, AllKernels.on(kernels, L2));
                assertThat(row(found.get(0), 0)).containsExactly(0, 5, 3, 0);
                assertThat(row(found.get(0), 1)).containsExactly(5, 0, 4, 5);
                assertThat(row(found.get(1), 0)).containsExactly(0, 0, Double.NaN, Double.POSITIVE_INFINITY);
                assertThat(row(found.get(1), 2)).containsOnly(Double.NaN);
                assertThat(row(found.get(1), 3)).containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN,
                        Double.NaN);
                assertThat(row(found.get(2), 2)).containsExactly(3, 4, 0, 3);
                assertThat(found).extracting(Object::toString).first().isEqualTo("PairwiseDistances[token 0, 4 iterations]");
                PairwiseDistances window = Convergence
                        .pairwiseDistances(states.iterations(1, 3), new int[] {0}, AllKernels.on(kernels, L2)).getFirst();
                assertThat(window.iterations()).isEqualTo(2);
                assertThat(window.distance(1, 0)).isEqualTo(4);
            }
        }
    }

    private static double[] row(PairwiseDistances pairs, int i) {
        return IntStream.range(0, pairs.iterations()).mapToDouble(j -> pairs.distance(i, j)).toArray();
    }
}
