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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/** Every kernel against the definition, bit for bit. */
class DefinitionTest {
    private static final int[] HIDDEN = {1, 2, 15, 16, 17, 31, 33, 255, 511, 512, 513, 1024, 1025, 5280};
    private static final int CASES = 8;

    /** Cells by kernel and metric. */
    private final Map<String, Long> compared = new TreeMap<>();
    private final Map<String, Long> differing = new TreeMap<>();
    private final List<String> different = new ArrayList<>();

    /** A reference in the options, and as the definition wants it. */
    private record Side(Reference reference, double @Nullable [][] rows, boolean wide, boolean normalized) {}

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyKernelGivesTheBitsOfTheDefinition(DType dtype) {
        SplittableRandom random = Seeds.random("definition " + dtype);
        for (Rows.Kind kind : Rows.Kind.values()) {
            for (int n = 0; n < CASES; n++) {
                compare(random, dtype, kind, 1 + random.nextInt(n < 2 ? 3000 : 130));
            }
        }
        for (int hidden : HIDDEN) {
            compare(random, dtype, Rows.Kind.values()[random.nextInt(Rows.Kind.values().length)], hidden);
            compare(random, dtype, Rows.Kind.CLOSE, hidden);
        }
        System.out.println("definition, " + dtype.label() + ": cells compared " + compared + ", different " + differing);
        assertThat(different.stream().limit(5)).isEmpty();
        assertThat(compared).hasSize(AllKernels.all().size() * Metric.values().length)
                .allSatisfy((name, cells) -> assertThat(cells).isGreaterThan(2_000));
    }

    private void compare(SplittableRandom random, DType dtype, Rows.Kind kind, int hidden) {
        Rows rows = Rows.random(random, kind, dtype, 1 + random.nextInt(9), 1 + random.nextInt(2), hidden);
        DType otherType = DType.values()[random.nextInt(4)];
        Rows other = random.nextInt(4) == 0
                ? new Rows(dtype, new double[][][] {rows.values()[rows.iterations() / 2]})
                : Rows.random(random, kind, otherType, 1, rows.tokens(), hidden);
        double[] weight = random.doubles(hidden, -2, 2).toArray();
        double eps = random.nextBoolean() ? 0 : 1e-6;
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = rows.tensor(arena);
            List<Side> sides = sides(random, rows, other, other.matrix(arena));
            List<ConvergenceOptions> options = new ArrayList<>();
            for (Side side : sides) {
                for (Metric metric : Metric.values()) {
                    ConvergenceOptions plain = ConvergenceOptions.defaults().withMetric(metric).withReference(side.reference);
                    options.add(plain);
                    options.add(plain.withNormalization(Normalization.rmsNorm(weight, eps)));
                    options.add(plain.withNormalization(Normalization.rmsNorm(eps)));
                }
            }
            double[][][] expected = new double[options.size()][rows.tokens()][rows.iterations()];
            for (int o = 0; o < options.size(); o++) {
                expect(rows, sides.get(o / (3 * Metric.values().length)), options.get(o), expected[o]);
            }
            for (Kernels kernels : AllKernels.all()) {
                List<ConvergenceMatrix> matrices = AllKernels.measure(kernels, states, options);
                for (int o = 0; o < options.size(); o++) {
                    check(expected[o], matrices.get(o), kind + " " + rows.shape() + " " + dtype + " to " + otherType + " eps " + eps);
                }
            }
        }
    }

    private static List<Side> sides(SplittableRandom random, Rows rows, Rows other, StateTensor external) {
        int last = rows.iterations() - 1;
        int k = random.nextInt(rows.iterations());
        boolean float64 = rows.dtype() == DType.F64;
        double fraction = 1 - random.nextDouble();
        double[][] mean = new double[rows.tokens()][];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = Definition.tailMean(rows.dtype(), rows.token(i), fraction);
        }
        boolean wide = other.dtype() == DType.F64;
        return List.of(new Side(Reference.last(), rows.values()[last], float64, false),
                new Side(Reference.previous(), null, float64, false),
                new Side(Reference.iteration(k), rows.values()[k], float64, false),
                new Side(Reference.tailMean(fraction), mean, float64, false),
                new Side(Reference.external(external), other.values()[0], wide, false),
                new Side(Reference.external(external, true), other.values()[0], wide, true));
    }

    private static void expect(Rows rows, Side side, ConvergenceOptions options, double[][] expected) {
        double[] given = options.normalization().isRmsNorm() ? options.normalization().weight().orElse(new double[0]) : null;
        for (int i = 0; i < rows.tokens(); i++) {
            Definition definition = new Definition(rows.dtype(), rows.token(i), side.rows == null ? null : side.rows[i], side.wide,
                    side.normalized, given, options.normalization().eps());
            for (int t = 0; t < rows.iterations(); t++) {
                expected[i][t] = definition.distance(options.metric(), t);
            }
        }
    }

    private void check(double[][] expected, ConvergenceMatrix matrix, String what) {
        for (int i = 0; i < matrix.tokens(); i++) {
            for (int t = 0; t < matrix.iterations(); t++) {
                double log = Log10.of(expected[i][t]);
                if (bits(matrix.distance(i, t)) != bits(expected[i][t]) || bits(matrix.logDistance(i, t)) != bits(log)) {
                    differing.merge(matrix.computedBy(), 1L, Long::sum);
                    different.add(
                            what + ", " + matrix.computedBy() + ", " + matrix + " " + matrix.normalization() + " at " + i + "," + t + ": "
                                    + matrix.distance(i, t) + ", expected " + expected[i][t]);
                }
                compared.merge(matrix.computedBy() + " " + matrix.metric().label(), 1L, Long::sum);
            }
        }
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
