package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scatter matrix: every kernel against the definition, bit for bit, and the definition against exact numbers. */
class ScatterMatrixTest {
    private static final int[] HIDDEN = {1, 15, 16, 17, 33, 511, 512, 513, 1025};
    private static final int[] ITERATIONS = {1, 3, 4, 5, 63, 64, 65, 130};
    private static final Rows.Kind[] KINDS = {Rows.Kind.NORMAL, Rows.Kind.CLOSE, Rows.Kind.ONE_ULP, Rows.Kind.EQUAL, Rows.Kind.ZERO,
        Rows.Kind.HUGE, Rows.Kind.VAST, Rows.Kind.SUBNORMAL};

    private final Map<String, Long> compared = new TreeMap<>();

    @ParameterizedTest
    @EnumSource(DType.class)
    void hasTheBitsOfTheDefinition(DType dtype) {
        SplittableRandom random = Seeds.random("scatter " + dtype);
        for (Rows.Kind kind : KINDS) {
            if (dtype == DType.F16 && (kind == Rows.Kind.VAST || kind == Rows.Kind.HUGE)) {
                continue; // infinite there
            }
            for (int n = 0; n < 3; n++) {
                int hidden = n == 0 ? 1 + random.nextInt(700) : HIDDEN[random.nextInt(HIDDEN.length)];
                int iterations = n == 0 ? 1 + random.nextInt(70) : ITERATIONS[random.nextInt(ITERATIONS.length)];
                compare(random, Rows.random(random, kind, dtype, iterations, 1 + random.nextInt(3), hidden), 1 + random.nextInt(9));
            }
        }
        System.out.println("scatter, " + dtype.label() + ": compared " + compared);
        assertThat(compared).hasSize(AllKernels.all().size()).allSatisfy((kernels, n) -> assertThat(n).isGreaterThan(5_000));
    }

    /** More pieces than are kept at a time, cut within tokens. */
    @Test
    void ofManyStatesToo() {
        SplittableRandom random = Seeds.random("many states");
        compare(random, Rows.random(random, Rows.Kind.NORMAL, DType.BF16, 131, 270, 3), 2);
        compare(random, Rows.random(random, Rows.Kind.CLOSE, DType.F64, 1100, 2, 18), 5);
    }

    private void compare(SplittableRandom random, Rows rows, int count) {
        double[][] vectors = new double[count][];
        for (int k = 0; k < count; k++) {
            vectors[k] = random.doubles(rows.hidden(), -1, 1).toArray();
        }
        int[] tokens = IntStream.range(0, rows.tokens()).map(i -> rows.tokens() - 1 - i).toArray();
        DefinedScatter defined = new DefinedScatter(rows, tokens);
        try (Arena arena = Arena.ofShared()) {
            long element = random.nextInt(5); // between rows
            long row = rows.hidden() + element;
            StateTensor states = rows.tensor(arena.allocate((row * rows.iterations() * rows.tokens() + 8) * rows.dtype().bytes(), 1),
                    rows.tokens() * row, row, 1);
            for (Kernels kernels : AllKernels.all()) {
                ConvergenceOptions options = AllKernels.on(kernels, ConvergenceOptions.defaults().withThreads(1 + random.nextInt(4)));
                ScatterMatrix found = Convergence.scatterMatrix(states, tokens, options);
                assertThat(found.unit()).isEqualTo(defined.unit());
                same(kernels, new double[] {defined.trace()}, found.trace());
                double[][] images = found.times(vectors);
                double[][] coordinates = found.coordinates(vectors);
                assertThat(coordinates).hasDimensions(count, found.states());
                for (int k = 0; k < count; k++) {
                    same(kernels, defined.times(vectors[k]), images[k]);
                    same(kernels, defined.coordinates(vectors[k]), coordinates[k]);
                }
            }
        }
    }

    private void same(Kernels kernels, double[] expected, double... found) {
        assertThat(found).as(kernels.name()).isEqualTo(expected);
        compared.merge(kernels.name(), (long) found.length, Long::sum);
    }

    /** States far from the origin that differ little: what cancels must be taken away before it is squared. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1e6, 1e12})
    void isNearTheExactOne(double far) {
        SplittableRandom random = Seeds.random("exact scatter " + far);
        double[][][] values = new double[70][1][20];
        for (double[][] iteration : values) {
            for (int d = 0; d < 20; d++) {
                iteration[0][d] = far + Math.rint(random.nextGaussian() * 1024) / 1024; // exact
            }
        }
        values[0][0][3] += 1e4 * far; // where the sums begin is no mean
        double[] vector = random.doubles(20, -1, 1).toArray();
        double[] expected = exactly(values, vector);
        double size = IntStream.range(0, 20).mapToDouble(d -> Math.abs(expected[d])).max().orElseThrow();
        try (Arena arena = Arena.ofConfined()) {
            ScatterMatrix found = Convergence.scatterMatrix(new Rows(DType.F64, values).tensor(arena), new int[] {0},
                    ConvergenceOptions.defaults());
            double[] image = found.times(new double[][] {vector})[0];
            for (int d = 0; d < 20; d++) {
                assertThat(image[d]).isCloseTo(expected[d], Offset.offset(1e-13 * size));
            }
        }
    }

    private static double[] exactly(double[][][] values, double[] vector) {
        BigDecimal[] mean = new BigDecimal[vector.length];
        BigDecimal[] image = new BigDecimal[vector.length];
        for (int d = 0; d < vector.length; d++) {
            mean[d] = BigDecimal.ZERO;
            image[d] = BigDecimal.ZERO;
            for (double[][] iteration : values) {
                mean[d] = mean[d].add(new BigDecimal(iteration[0][d]));
            }
            mean[d] = mean[d].divide(new BigDecimal(values.length), BigMath.DIGITS);
        }
        for (double[][] iteration : values) {
            BigDecimal coordinate = BigDecimal.ZERO;
            for (int d = 0; d < vector.length; d++) {
                coordinate = coordinate.add(new BigDecimal(iteration[0][d]).subtract(mean[d]).multiply(new BigDecimal(vector[d])));
            }
            for (int d = 0; d < vector.length; d++) {
                image[d] = image[d].add(new BigDecimal(iteration[0][d]).subtract(mean[d]).multiply(coordinate));
            }
        }
        return IntStream.range(0, vector.length).mapToDouble(d -> image[d].doubleValue()).toArray();
    }

    @Test
    void numbersThatCanBeCheckedByHand() {
        // Three states at the corners of a triangle, whose mean is (2, 1).
        double[][][] values = {{{1, 0}, {9, 9}}, {{2, 3}, {9, 9}}, {{3, 0}, {9, 9}}};
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = new Rows(DType.F16, values).tensor(arena);
            for (Kernels kernels : AllKernels.all()) {
                ScatterMatrix found = Convergence.scatterMatrix(states, new int[] {0},
                        AllKernels.on(kernels, ConvergenceOptions.defaults()));
                assertThat(found.times(new double[][] {{1, 0}, {0, 1}})).isDeepEqualTo(new double[][] {{2, 0}, {0, 6}});
                assertThat(found.coordinates(new double[][] {{1, 1}})).isDeepEqualTo(new double[][] {{-2, 2, 0}});
                assertThat(found.trace()).isEqualTo(8);
                assertThat(found).hasToString("ScatterMatrix[2 x 2, of 3 states]");
                assertThat(
                        Convergence.scatterMatrix(states, new int[] {1, 1}, AllKernels.on(kernels, ConvergenceOptions.defaults())).trace())
                        .isZero();
            }
        }
    }
}
