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
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promised accuracy on listed data, against an oracle that is as good as exact. */
class AccuracyTest {
    private static final int[] HIDDEN = {1, 2, 15, 16, 17, 255, 511, 512, 513, 5280, 65_536, 1_000_000};
    private static final double PROMISE = 1e-6;
    private static final double EPS = Normalization.DEFAULT_EPS;
    /** What 32 digits leave of 1 - 1. */
    private static final double ORACLE = 1e-30;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal TINY = BigDecimal.ONE.movePointLeft(18);

    private enum Data {
        NORMAL, LOG_NORMAL, CAUCHY, CANCELLING, CONSTANT;

        /** A row, and one a little or very different from it. */
        double[][] rows(SplittableRandom random, DType dtype, int hidden) {
            double[][] rows = new double[2][hidden];
            for (int d = 0; d < hidden; d++) {
                double x = switch (this) {
                    case NORMAL, CANCELLING -> random.nextGaussian();
                    // Of a million, one in seventy draws would be more than float16 holds.
                    case LOG_NORMAL -> Math.min(3e4, Math.exp(2 * random.nextGaussian()));
                    case CAUCHY -> Math.tan(Math.PI * Math.clamp(random.nextDouble() - 0.5, -0.499, 0.499));
                    case CONSTANT -> 0.7;
                };
                double y = switch (this) {
                    case CANCELLING -> x + x * 2 * dtype.unitRoundoff() * (d % 3 - 1);
                    case CONSTANT -> 0.3;
                    default -> x + random.nextGaussian() * (d % 2 == 0 ? 1 : 1e-3);
                };
                rows[0][d] = Rows.round(dtype, x);
                rows[1][d] = Rows.round(dtype, y);
            }
            return rows;
        }
    }

    /** One row, its reference and the weight, with what the oracle says of them. */
    private record Case(Data data, DType dtype, double[] x, double[] y, double[] g) {
        /** The promised relative error of plain distances. */
        double bound() {
            return dtype == DType.F64 ? (x.length / 512.0 + 40) * 0x1p-53 : PROMISE;
        }

        /** How far each metric may be off, by what it is exactly. */
        double check(Metric metric, double found) {
            DoubleDouble distance = DoubleDouble.diff2(x, y).sqrt();
            return switch (metric) {
                case L2 -> check(found, distance, bound());
                case RMS -> check(found, distance.times(DoubleDouble.of(x.length).sqrt().reciprocal()), bound());
                case RELATIVE_L2 -> check(found, distance.times(DoubleDouble.norm2(y).sqrt().reciprocal()),
                        dtype == DType.F64 ? 2 * bound() : bound());
                case L1 -> check(found, DoubleDouble.diff1(x, y), bound());
                case LINF -> check(found, DoubleDouble.diffMax(x, y), bound());
                case NORM -> check(found, DoubleDouble.norm2(x).sqrt(), bound());
                case COSINE, ANGULAR -> {
                    double lengths = DoubleDouble.norm2(x).sqrt().hi() * DoubleDouble.norm2(y).sqrt().hi();
                    double[] ones = new double[x.length];
                    Arrays.fill(ones, 1);
                    yield angle(metric, found, DoubleDouble.cosine(x, y, ones).hi(), Math.pow(distance.hi(), 2) / (2 * lengths));
                }
            };
        }

        /** The same under RMSNorm, whose promise has a second term. */
        double checkNormalized(Metric metric, double found) {
            DoubleDouble a = DoubleDouble.scale(x, EPS);
            DoubleDouble b = DoubleDouble.scale(y, EPS);
            double m = Math.min(a.hi(), b.hi());
            return switch (metric) {
                case L2 -> check(found, DoubleDouble.normalizedDiff2(x, a, y, b, g).sqrt(), PROMISE,
                        m * DoubleDouble.weightedDiff2(x, y, g).sqrt().hi());
                case L1 -> check(found, DoubleDouble.normalizedDiff1(x, a, y, b, g), PROMISE,
                        m * DoubleDouble.weightedDiff1(x, y, g).hi());
                case LINF -> check(found, DoubleDouble.normalizedDiffMax(x, a, y, b, g), PROMISE,
                        m * DoubleDouble.weightedDiffMax(x, y, g).hi());
                case COSINE, ANGULAR -> {
                    double difference = DoubleDouble.normalizedDiff2(x, a, y, b, g).sqrt().hi()
                            + m * DoubleDouble.weightedDiff2(x, y, g).sqrt().hi();
                    double[] zero = new double[x.length];
                    double lengths = a.hi() * DoubleDouble.weightedDiff2(x, zero, g).sqrt().hi()
                            * b.hi() * DoubleDouble.weightedDiff2(y, zero, g).sqrt().hi();
                    yield angle(metric, found, DoubleDouble.cosine(x, y, g).hi(), difference * difference / (2 * lengths));
                }
                case RMS, RELATIVE_L2, NORM -> throw new IllegalArgumentException(metric + " follows from the others");
            };
        }

        double check(double found, DoubleDouble exact, double relative) {
            return check(found, exact, relative, 0);
        }

        /** The error as a part of what is allowed. */
        double check(double found, DoubleDouble exact, double relative, double besides) {
            double error = Math.abs(DoubleDouble.of(found).minus(exact).hi());
            double allowed = relative * (exact.hi() + besides);
            assertThat(error).as("%s, %s components: found %s, exactly %s", data, x.length, found, exact.hi()).isLessThanOrEqualTo(allowed);
            return allowed == 0 ? 0 : error / allowed;
        }

        /** The angle of a cosine that is as good as promised. */
        double angle(Metric metric, double found, double exact, double square) {
            double allowed = PROMISE * (exact + square) + ORACLE;
            double low = Math.max(0, exact - allowed);
            double high = exact + allowed;
            assertThat(found).as("%s, %s of %s components, exactly %s", data, metric, x.length, exact).isBetween(
                    metric == Metric.COSINE ? low : angleOf(low), metric == Metric.COSINE ? high : angleOf(high));
            return metric == Metric.COSINE ? Math.abs(found - exact) / allowed : 0;
        }
    }

    /** In units of pi, of a cosine distance. */
    static double angleOf(double cosine) {
        return 2 * Math.asin(Math.sqrt(Math.clamp(cosine / 2, 0.0, 1.0))) / Math.PI;
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void distancesOfListedDataAreAsGoodAsPromised(DType dtype) {
        SplittableRandom random = Seeds.random("accuracy " + dtype);
        List<ConvergenceOptions> options = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            options.add(ConvergenceOptions.defaults().withMetric(metric));
        }
        for (Metric metric : List.of(Metric.L2, Metric.L1, Metric.LINF, Metric.COSINE, Metric.ANGULAR)) {
            options.add(ConvergenceOptions.defaults().withMetric(metric).withNormalization(Normalization.rmsNorm(EPS)));
        }
        Map<String, Double> worst = new TreeMap<>();
        int cells = 0;
        for (int hidden : HIDDEN) {
            for (Data data : Data.values()) {
                double[][] rows = data.rows(random, dtype, hidden);
                double[] g = random.doubles(hidden, 0.5, 2).map(v -> (float) v).toArray();
                Case one = new Case(data, dtype, rows[0], rows[1], g);
                List<ConvergenceOptions> weighted = options.stream().map(o -> o.normalization().isRmsNorm()
                        ? o.withNormalization(Normalization.rmsNorm(g, EPS))
                        : o).toList();
                try (Arena arena = Arena.ofConfined()) {
                    StateTensor states = new Rows(dtype, new double[][][] {{rows[0]}, {rows[1]}}).tensor(arena);
                    for (ConvergenceMatrix matrix : AllKernels.measure(AllKernels.all().getLast(), states, weighted)) {
                        boolean normalized = matrix.normalization().isRmsNorm();
                        double share = normalized
                                ? one.checkNormalized(matrix.metric(), matrix.distance(0, 0))
                                : one.check(matrix.metric(), matrix.distance(0, 0));
                        worst.merge(matrix.metric().label() + (normalized ? " normalised" : ""), share, Math::max);
                        cells++;
                    }
                }
            }
        }
        System.out.printf("accuracy, %s: %d cells; the worst as parts of the promise: %s%n", dtype.label(), cells, shares(worst));
        assertThat(cells).isEqualTo(options.size() * HIDDEN.length * Data.values().length);
    }

    private static String shares(Map<String, Double> worst) {
        return worst.entrySet().stream().map(e -> String.format("%s %.3f", e.getKey(), e.getValue())).collect(Collectors.joining(", "));
    }

    /** y lies between x and z, so that what is left of the differences may be far smaller than they. */
    @ParameterizedTest
    @EnumSource(DType.class)
    void accelerationsOfListedDataAreAsGoodAsPromised(DType dtype) {
        SplittableRandom random = Seeds.random("acceleration " + dtype);
        double worst = 0;
        for (int hidden : HIDDEN) {
            for (Data data : Data.values()) {
                double[][] rows = data.rows(random, dtype, hidden);
                double[] x = rows[0];
                double[] y = rows[1];
                double[] z = new double[hidden];
                for (int d = 0; d < hidden; d++) {
                    z[d] = Rows.round(dtype, 2 * y[d] - x[d] + (d % 5 == 0 ? 1e-3 * random.nextGaussian() : 0));
                }
                try (Arena arena = Arena.ofConfined()) {
                    StateTensor states = new Rows(dtype, new double[][][] {{z}, {y}, {x}}).tensor(arena);
                    Plan plan = new Plan(states, List.of(), List.of(),
                            List.of(Reduction.plain(Op.ACCEL2, Reduction.PREVIOUS, dtype == DType.F64)), new double[hidden], 0);
                    Sums sums = AllKernels.sums(AllKernels.all().getLast(), plan, List.of(new Tile(0, 1, 0, 3)));
                    double steps = DoubleDouble.diff2(x, y).sqrt().hi() + DoubleDouble.diff2(y, z).sqrt().hi();
                    worst = Math.max(worst, new Case(data, dtype, x, y, z).check(Math.sqrt(sums.ofStates()[0][2]),
                            DoubleDouble.accel2(x, y, z).sqrt(), PROMISE, steps));
                }
            }
        }
        System.out.printf("accuracy of accelerations, %s: %d, the worst at %.3f of the promise%n", dtype.label(),
                HIDDEN.length * Data.values().length, worst);
    }

    @Test
    void theOracleAgreesWithBigDecimals() {
        SplittableRandom random = Seeds.random("oracle");
        MathContext digits = new MathContext(60);
        for (Data data : Data.values()) {
            double[][] rows = data.rows(random, DType.F32, 300);
            double[] x = rows[0];
            double[] y = rows[1];
            double[] g = random.doubles(300, -2, 2).toArray();
            BigDecimal difference = BigDecimal.ZERO;
            for (int d = 0; d < x.length; d++) {
                difference = difference.add(new BigDecimal(x[d]).subtract(new BigDecimal(y[d])).pow(2));
            }
            assertClose(DoubleDouble.diff2(x, y), difference);
            assertClose(DoubleDouble.diff2(x, y).sqrt(), difference.sqrt(digits));
            BigDecimal a = exactScale(x, digits);
            BigDecimal b = exactScale(y, digits);
            assertClose(DoubleDouble.scale(x, EPS), a);
            BigDecimal normalized = BigDecimal.ZERO;
            BigDecimal weighted = BigDecimal.ZERO;
            for (int d = 0; d < x.length; d++) {
                BigDecimal here = new BigDecimal(x[d]);
                BigDecimal there = new BigDecimal(y[d]);
                BigDecimal weight = new BigDecimal(g[d]);
                normalized = normalized.add(here.multiply(a).subtract(there.multiply(b)).multiply(weight).pow(2));
                weighted = weighted.add(here.subtract(there).multiply(weight).pow(2));
            }
            assertClose(DoubleDouble.normalizedDiff2(x, DoubleDouble.scale(x, EPS), y, DoubleDouble.scale(y, EPS), g), normalized);
            assertClose(DoubleDouble.weightedDiff2(x, y, g), weighted);
            BigDecimal lengths = exactDot(x, x).sqrt(digits).multiply(exactDot(y, y).sqrt(digits));
            BigDecimal cosine = BigDecimal.ONE.subtract(exactDot(x, y).divide(lengths, digits));
            double[] ones = new double[300];
            Arrays.fill(ones, 1);
            assertThat(DoubleDouble.cosine(x, y, ones).exactly().subtract(cosine).abs()).as("cosine of %s: %s", data, cosine)
                    .isLessThanOrEqualTo(TINY.multiply(cosine.add(difference.divide(lengths, digits))));
            assertClose(DoubleDouble.diff1(x, y), exactSum(d -> new BigDecimal(x[d]).subtract(new BigDecimal(y[d])).abs()));
            assertClose(DoubleDouble.diffMax(x, y), IntStream.range(0, 300).mapToObj(
                    d -> new BigDecimal(x[d]).subtract(new BigDecimal(y[d])).abs()).max(BigDecimal::compareTo).orElseThrow());
            assertClose(DoubleDouble.normalizedDiff1(x, DoubleDouble.scale(x, EPS), y, DoubleDouble.scale(y, EPS), g), exactSum(
                    d -> new BigDecimal(x[d]).multiply(a).subtract(new BigDecimal(y[d]).multiply(b)).multiply(new BigDecimal(g[d])).abs()));
            assertClose(DoubleDouble.accel2(x, y, g), exactSum(
                    d -> new BigDecimal(x[d]).subtract(new BigDecimal(y[d]).multiply(TWO)).add(new BigDecimal(g[d])).pow(2)));
            assertClose(DoubleDouble.norm2(x),
                    Arrays.stream(x).mapToObj(v -> new BigDecimal(v).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    /** Normalised, parallel states are one, however long they are; a product of three roots would overflow on the way. */
    @Test
    void parallelFloat64StatesAreOneAfterRmsNormAtAnyScale() {
        ConvergenceOptions options = ConvergenceOptions.defaults().withNormalization(Normalization.rmsNorm(0));
        for (double scale : new double[] {1e-140, 1e-105, 1, 1e100, 1e105, 1e140}) {
            try (StateTensor states = StateTensor.allocate(DType.F64, Shape.of(2, 1, 40))) {
                for (int d = 0; d < 40; d++) {
                    states.row(0, 0).setAtIndex(ValueLayout.JAVA_DOUBLE, d, scale * (d + 1));
                    states.row(1, 0).setAtIndex(ValueLayout.JAVA_DOUBLE, d, 3 * scale * (d + 1));
                }
                for (Kernels kernels : AllKernels.all()) {
                    double distance = AllKernels.measure(kernels, states, List.of(options)).getFirst().distance(0, 0);
                    assertThat(distance).as("%s at %s", kernels.name(), scale).isBetween(0.0, 1e-14);
                }
            }
        }
    }

    private static BigDecimal exactDot(double[] x, double[] y) {
        return exactSum(d -> new BigDecimal(x[d]).multiply(new BigDecimal(y[d])));
    }

    private static BigDecimal exactSum(IntFunction<BigDecimal> term) {
        return IntStream.range(0, 300).mapToObj(term).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal exactScale(double[] x, MathContext digits) {
        BigDecimal sum = Arrays.stream(x).mapToObj(v -> new BigDecimal(v).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return BigDecimal.ONE.divide(sum.divide(new BigDecimal(x.length), digits).add(new BigDecimal(EPS)).sqrt(digits), digits);
    }

    private static void assertClose(DoubleDouble found, BigDecimal exact) {
        BigDecimal error = found.exactly().subtract(exact).abs();
        assertThat(error).as("%s, exactly %s", found, exact).isLessThanOrEqualTo(exact.abs().multiply(TINY));
    }
}
