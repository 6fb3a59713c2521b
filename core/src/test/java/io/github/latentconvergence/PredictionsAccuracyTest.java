package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import java.lang.foreign.Arena;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entropies and divergences against exact ones, within what numerics.md promises. */
class PredictionsAccuracyTest {
    private static final List<LogitRows> FINITE = List.of(LogitRows.CLOSE, LogitRows.ONE_ULP, LogitRows.FAR, LogitRows.CONSTANT,
            LogitRows.TIES, LogitRows.WIDE, LogitRows.ONE_HOT);
    private static final int ITERATIONS = 5;
    /** What the oracle's 80 digits can tell apart, of sums whose terms are about 1. */
    private static final double ORACLE = 1e-60;

    /** The largest errors, as shares of what is promised. */
    private double entropies;
    private double divergences;

    @ParameterizedTest
    @EnumSource(DType.class)
    void errorsStayWithinThePromise(DType dtype) {
        SplittableRandom random = Seeds.random("accuracy of predictions " + dtype);
        for (LogitRows kind : FINITE) {
            for (int vocabulary : new int[] {1, 2, 3, 17, 100, 600}) {
                Rows rows = kind.random(random, dtype, ITERATIONS, 1, vocabulary);
                try (Arena arena = Arena.ofConfined()) {
                    check(rows, Convergence.predictions(rows.tensor(arena), ConvergenceOptions.defaults()), kind + " " + vocabulary);
                }
            }
        }
        System.out.printf("predictions, %s: largest errors, of the promise: entropy %.3f, divergence %.3f%n", dtype.label(), entropies,
                divergences);
    }

    @Test
    void aLargeVocabularyIsAsAccurate() {
        Rows rows = LogitRows.CLOSE.random(Seeds.random("accuracy of a large vocabulary"), DType.F32, 2, 1, 20_000);
        try (Arena arena = Arena.ofConfined()) {
            check(rows, Convergence.predictions(rows.tensor(arena), ConvergenceOptions.defaults()), "20000");
        }
        System.out.printf("predictions, vocabulary 20000: largest errors, of the promise: entropy %.3f, divergence %.3f%n", entropies,
                divergences);
    }

    /** A few unlikely logits move by one unit in the last place: no probability changes by as much as its rounding error, and the divergence has its digits all the same. */
    @Test
    void whatProbabilitiesCannotTellHasItsDigits() {
        SplittableRandom random = Seeds.random("digits of small divergences");
        for (int n = 0; n < 20; n++) {
            double[] y = new double[500];
            double[] x = new double[500];
            for (int d = 0; d < y.length; d++) {
                y[d] = (float) (d < 10 ? 20 + random.nextGaussian() : random.nextGaussian());
                x[d] = d % 50 == 49 ? Math.nextUp((float) y[d]) : y[d];
            }
            Rows rows = new Rows(DType.F32, new double[][][] {{y}, {x}});
            try (Arena arena = Arena.ofConfined()) {
                double found = Convergence.predictions(rows.tensor(arena), ConvergenceOptions.defaults()).klFromPrevious(0, 1);
                double truth = new PredictionsOracle(y).divergence(new PredictionsOracle(x)).doubleValue();
                assertThat(truth).isBetween(1e-28, 1e-19);
                assertThat(found).isCloseTo(truth, Offset.offset(1e-9 * truth));
            }
        }
    }

    private void check(Rows rows, Predictions found, String what) {
        PredictionsOracle before = null;
        for (int t = 0; t < rows.iterations(); t++) {
            double n = (rows.hidden() / 512.0 + 128 + 21 * Math.max(range(rows, t), range(rows, Math.max(0, t - 1)))) * 0x1p-53;
            PredictionsOracle here = new PredictionsOracle(rows.values()[t][0]);
            BigDecimal entropy = here.entropy();
            entropies = Math.max(entropies,
                    share(found.entropy(0, t), entropy, n * (entropy.doubleValue() + 1), what + ": entropy " + t));
            if (before != null) {
                double log = before.logOfSumsAgainst(here).doubleValue();
                divergences = Math.max(divergences,
                        share(found.klFromPrevious(0, t), before.divergence(here), n, log, what + ": from " + t));
                divergences = Math.max(divergences, share(found.klToPrevious(0, t), here.divergence(before), n, log, what + ": to " + t));
            }
            before = here;
        }
    }

    /** Of a row's logits, below which there is no probability. */
    private static double range(Rows rows, int t) {
        DoubleSummaryStatistics row = Arrays.stream(rows.values()[t][0]).summaryStatistics();
        return Math.min(708, row.getMax() - row.getMin());
    }

    private static double share(double found, BigDecimal truth, double n, double log, String what) {
        return share(found, truth, n * (truth.doubleValue() + 10 * log * log) + ORACLE, what);
    }

    private static double share(double found, BigDecimal truth, double promise, String what) {
        double error = new BigDecimal(found).subtract(truth).abs().doubleValue();
        assertThat(error).as("%s: %s, exactly %s", what, found, truth.doubleValue()).isLessThanOrEqualTo(promise);
        return promise > 0 ? error / promise : 0;
    }

    /** Known without the oracle: two tokens of probabilities 1/3 and 2/3, and three equal ones. */
    @Test
    void theOracleIsRight() {
        BigDecimal two = BigDecimal.valueOf(2);
        assertThat(BigMath.log(BigMath.exp(two)).subtract(two).abs()).isLessThan(new BigDecimal("1e-60"));
        assertThat(BigMath.exp(BigDecimal.valueOf(-1)).toPlainString())
                .startsWith("0.36787944117144232159552377016146086744581113103176783450783680");
        PredictionsOracle equal = new PredictionsOracle(new double[] {7, 7, 7});
        assertThat(equal.entropy().subtract(BigMath.log(BigDecimal.valueOf(3))).abs()).isLessThan(new BigDecimal("1e-60"));
        PredictionsOracle sure = new PredictionsOracle(new double[] {0, -2500, -2500});
        assertThat(sure.divergence(equal).subtract(BigMath.log(BigDecimal.valueOf(3))).abs()).isLessThan(new BigDecimal("1e-60"));
    }
}
