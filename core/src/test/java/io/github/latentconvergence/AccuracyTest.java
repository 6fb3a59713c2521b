package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promised accuracy on listed data, against an oracle that is as good as exact. */
class AccuracyTest {
    private static final int[] HIDDEN = {1, 2, 15, 16, 17, 255, 511, 512, 513, 5280, 65_536, 1_000_000};
    private static final double PROMISE = 1e-6;
    private static final double EPS = Normalization.DEFAULT_EPS;
    private static final BigDecimal TINY = BigDecimal.ONE.movePointLeft(18);

    private enum Data {
        NORMAL, LOG_NORMAL, CAUCHY, CANCELLING, CONSTANT;

        /** A row, and one a little or very different from it. */
        double[][] rows(SplittableRandom random, DType dtype, int hidden) {
            double[][] rows = new double[2][hidden];
            for (int d = 0; d < hidden; d++) {
                double x = switch (this) {
                    case NORMAL, CANCELLING -> random.nextGaussian();
                    case LOG_NORMAL -> Math.exp(2 * random.nextGaussian());
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

    @ParameterizedTest
    @EnumSource(DType.class)
    void distancesOfListedDataAreAsGoodAsPromised(DType dtype) {
        SplittableRandom random = Seeds.random("accuracy " + dtype);
        double worst = 0;
        int cells = 0;
        for (int hidden : HIDDEN) {
            double bound = dtype == DType.F64 ? (hidden / 512.0 + 40) * 0x1p-53 : PROMISE;
            for (Data data : Data.values()) {
                double[][] rows = data.rows(random, dtype, hidden);
                double[] x = rows[0];
                double[] y = rows[1];
                double[] g = random.doubles(hidden, 0.5, 2).map(v -> (float) v).toArray();
                try (Arena arena = Arena.ofConfined()) {
                    var states = new Rows(dtype, new double[][][] {{x}, {y}}).tensor(arena);
                    Normalization rms = Normalization.rmsNorm(g, EPS);
                    ConvergenceOptions l2 = ConvergenceOptions.defaults();
                    Kernels best = AllKernels.all().getLast();
                    double[] found = AllKernels.measure(best, states,
                            List.of(l2, l2.withMetric(Metric.NORM), l2.withMetric(Metric.RELATIVE_L2), l2.withNormalization(rms)))
                            .stream().mapToDouble(m -> m.distance(0, 0)).toArray();
                    DoubleDouble distance = DoubleDouble.diff2(x, y).sqrt();
                    DoubleDouble norm = DoubleDouble.norm2(x).sqrt();
                    DoubleDouble unit = DoubleDouble.norm2(y).sqrt();
                    worst = Math.max(worst, check(found[0], distance, bound * distance.hi(), data, hidden) / bound);
                    worst = Math.max(worst, check(found[1], norm, bound * norm.hi(), data, hidden) / bound);
                    DoubleDouble relative = distance.times(unit.reciprocal());
                    worst = Math.max(worst, check(found[2], relative, (dtype == DType.F64 ? 2 * bound : bound) * relative.hi(),
                            data, hidden) / bound);
                    DoubleDouble a = DoubleDouble.scale(x, EPS);
                    DoubleDouble b = DoubleDouble.scale(y, EPS);
                    DoubleDouble normalized = DoubleDouble.normalizedDiff2(x, a, y, b, g).sqrt();
                    double raw = Math.min(a.hi(), b.hi()) * DoubleDouble.weightedDiff2(x, y, g).sqrt().hi();
                    check(found[3], normalized, PROMISE * (normalized.hi() + raw), data, hidden);
                    cells += 4;
                }
            }
        }
        System.out.printf("accuracy, %s: %d cells, the worst at %.3f of the promise%n", dtype.label(), cells, worst);
        assertThat(cells).isEqualTo(4 * HIDDEN.length * Data.values().length);
    }

    /** The relative error. */
    private static double check(double found, DoubleDouble exact, double allowed, Object data, int hidden) {
        double error = Math.abs(DoubleDouble.of(found).minus(exact).hi());
        assertThat(error).as("%s, hidden %s: found %s, exactly %s", data, hidden, found, exact.hi()).isLessThanOrEqualTo(allowed);
        return exact.hi() == 0 ? 0 : error / exact.hi();
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

    private static BigDecimal exactScale(double[] x, MathContext digits) {
        BigDecimal sum = Arrays.stream(x).mapToObj(v -> new BigDecimal(v).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return BigDecimal.ONE.divide(sum.divide(new BigDecimal(x.length), digits).add(new BigDecimal(EPS)).sqrt(digits), digits);
    }

    private static void assertClose(DoubleDouble found, BigDecimal exact) {
        BigDecimal error = found.exactly().subtract(exact).abs();
        assertThat(error).as("%s, exactly %s", found, exact).isLessThanOrEqualTo(exact.abs().multiply(TINY));
    }
}
