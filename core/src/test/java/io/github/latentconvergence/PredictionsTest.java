package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What logits predict has the bits of the definition on every kernel, however the work is cut; and the properties that entropies and divergences have. */
class PredictionsTest {
    private static final ConvergenceOptions DEFAULTS = ConvergenceOptions.defaults();
    private static final int[] VOCABULARIES = {1, 2, 15, 16, 17, 511, 512, 513, 5000};

    /** Compares all that one token predicts, bit for bit; every NaN is the same. */
    static void requireDefined(Predictions found, int token, double[][] rows, String what) {
        PredictionsDefinition defined = PredictionsDefinition.of(rows);
        for (int t = 0; t < rows.length; t++) {
            assertThat(bits(found.entropy(token, t))).as("%s: entropy %s", what, t).isEqualTo(bits(defined.entropy()[t]));
            assertThat(bits(found.klFromPrevious(token, t))).as("%s: from %s", what, t).isEqualTo(bits(defined.fromPrevious()[t]));
            assertThat(bits(found.klToPrevious(token, t))).as("%s: to %s", what, t).isEqualTo(bits(defined.toPrevious()[t]));
            assertThat(found.argmax(token, t)).as("%s: argmax %s", what, t).isEqualTo(defined.argmax()[t]);
        }
    }

    private static long bits(double x) {
        return Double.doubleToLongBits(x);
    }

    private static void compare(Arena arena, Rows rows, String what) {
        for (Kernels kernels : AllKernels.all()) {
            Predictions found = Convergence.predictions(rows.tensor(arena), AllKernels.on(kernels, DEFAULTS));
            assertThat(found.computedBy()).isEqualTo(kernels.name());
            for (int i = 0; i < rows.tokens(); i++) {
                requireDefined(found, i, rows.token(i), kernels.name() + " " + what);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyKernelGivesTheBitsOfTheDefinition(DType dtype) {
        SplittableRandom random = Seeds.random("predictions " + dtype);
        for (LogitRows kind : LogitRows.values()) {
            for (int vocabulary : VOCABULARIES) {
                try (Arena arena = Arena.ofConfined()) {
                    compare(arena, kind.random(random, dtype, 4, vocabulary < 5000 ? 2 : 1, vocabulary),
                            kind + " " + dtype + " " + vocabulary);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void largeVocabulariesToo(DType dtype) {
        SplittableRandom random = Seeds.random("large vocabulary " + dtype);
        for (LogitRows kind : new LogitRows[] {LogitRows.CLOSE, LogitRows.MASKED}) {
            try (Arena arena = Arena.ofConfined()) {
                compare(arena, kind.random(random, dtype, 3, 1, 70_000), kind + " " + dtype);
            }
        }
    }

    /** Every kind of result occurs above: were all of them NaN, the comparison would say nothing. */
    @Test
    void theKindsOfLogitsGiveEveryKindOfResult() {
        SplittableRandom random = Seeds.random("kinds of predictions");
        int zero = 0;
        int near = 0;
        int finite = 0;
        int infinite = 0;
        int undefined = 0;
        int without = 0;
        for (LogitRows kind : LogitRows.values()) {
            PredictionsDefinition defined = PredictionsDefinition.of(kind.random(random, DType.F32, 4, 1, 300).token(0));
            for (int t = 1; t < 4; t++) {
                double kl = defined.fromPrevious()[t];
                zero += kl == 0 ? 1 : 0;
                near += kl > 0 && kl < 1e-9 ? 1 : 0;
                finite += kl >= 1e-9 && kl < 1e9 ? 1 : 0;
                infinite += kl == Double.POSITIVE_INFINITY ? 1 : 0;
                undefined += Double.isNaN(kl) ? 1 : 0;
                without += defined.argmax()[t] == -1 ? 1 : 0;
            }
        }
        assertThat(new int[] {zero, near, finite, infinite, undefined, without}).doesNotContain(0);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void entropiesAndDivergencesKeepTheirBounds(DType dtype) {
        SplittableRandom random = Seeds.random("bounds " + dtype);
        for (LogitRows kind : LogitRows.values()) {
            for (int vocabulary : new int[] {1, 3, 100, 1000}) {
                try (Arena arena = Arena.ofConfined()) {
                    Predictions found = Convergence.predictions(kind.random(random, dtype, 5, 1, vocabulary).tensor(arena), DEFAULTS);
                    for (int t = 0; t < 5; t++) {
                        double entropy = found.entropy(0, t);
                        double from = found.klFromPrevious(0, t);
                        assertThat(Double.isNaN(entropy)).isEqualTo(found.argmax(0, t) == -1);
                        assertThat(entropy < 0).isFalse();
                        assertThat(entropy > Math.log(vocabulary) * (1 + 1e-13)).as("%s of %s", entropy, vocabulary).isFalse();
                        assertThat(from < 0 || found.klToPrevious(0, t) < 0).isFalse();
                        assertThat(Double.isNaN(from)).isEqualTo(
                                t == 0 || Double.isNaN(entropy) || Double.isNaN(found.entropy(0, t - 1)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void equalRowsDivergeByNothingAndUniformOnesHaveTheLogarithmOfTheirSize(DType dtype) {
        SplittableRandom random = Seeds.random("equal " + dtype);
        try (Arena arena = Arena.ofConfined()) {
            Predictions equal = Convergence.predictions(LogitRows.EQUAL.random(random, dtype, 3, 1, 777).tensor(arena), DEFAULTS);
            assertThat(equal.klFromPrevious(0, 2)).isZero();
            assertThat(equal.klToPrevious(0, 2)).isZero();
            Predictions uniform = Convergence.predictions(LogitRows.CONSTANT.random(random, dtype, 2, 1, 777).tensor(arena), DEFAULTS);
            assertThat(uniform.entropy(0, 0)).isEqualTo(Math.log(777), within(1e-14));
            assertThat(uniform.argmax(0, 0)).isZero();
        }
    }

    @Test
    void aTokenThatOnlyOneSideAllowsMakesOneDivergenceInfinite() {
        double no = Double.NEGATIVE_INFINITY;
        Rows rows = new Rows(DType.F32, new double[][][] {{{0, 0, no}}, {{0, 0, 0}}, {{5, no, no}}});
        try (Arena arena = Arena.ofConfined()) {
            Predictions found = Convergence.predictions(rows.tensor(arena), DEFAULTS);
            assertThat(found.klFromPrevious(0, 1)).isEqualTo(Math.log(1.5), within(1e-15));
            assertThat(found.klToPrevious(0, 1)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(found.klFromPrevious(0, 2)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(found.klToPrevious(0, 2)).isEqualTo(Math.log(3), within(1e-15));
            assertThat(found.entropy(0, 2)).isZero();
        }
    }

    @Test
    void stridesThreadsAndTheWayTheWorkIsCutChangeNothing() {
        SplittableRandom random = Seeds.random("cut predictions");
        for (int tokens : new int[] {1, 2, 5}) {
            Rows rows = LogitRows.CLOSE.random(random, DType.BF16, 70, tokens, 900);
            try (Arena arena = Arena.ofShared()) {
                long[] strides = {tokens * 901L + 5, 901, 1};
                StateTensor strided = rows.tensor(arena.allocate(2 * 70 * strides[0]), strides);
                for (Kernels kernels : AllKernels.all()) {
                    for (int threads = 1; threads <= 3; threads++) {
                        Predictions found = Convergence.predictions(strided, AllKernels.on(kernels, DEFAULTS).withThreads(threads));
                        for (int i = 0; i < tokens; i++) {
                            requireDefined(found, i, rows.token(i), kernels.name() + ", threads " + threads);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBatchIsAStridedView() {
        Rows rows = LogitRows.FAR.random(Seeds.random("batch of logits"), DType.F32, 3, 4, 40);
        try (Arena arena = Arena.ofConfined()) {
            StateTensor whole = rows.tensor(arena);
            StateTensor batches = StateTensor.of(whole.segment(), DType.F32, Shape.of(3, 2, 2, 40));
            Predictions second = Convergence.predictions(batches.batch(1), DEFAULTS);
            for (int i = 0; i < 2; i++) {
                requireDefined(second, i, rows.token(2 + i), "batch 1");
            }
        }
    }
}
