package io.github.latentconvergence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static final int SEEDS = 2000;
    private static final double MARGIN = 0.03;

    /** From any table of the distribution. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.3027", "4, 2.7764", "10, 2.2281", "30, 2.0423", "120, 1.9799", "100000, 1.9600"})
    void quantilesAreThoseOfTheTables(double freedom, double expected) {
        assertThat(StudentT.within95(freedom)).isCloseTo(expected, within(expected * 1e-4));
    }

    @Test
    void noQuantileWithoutFreedom() {
        assertThatThrownBy(() -> StudentT.within95(0.5)).hasMessageContaining("0.5");
    }

    /** Worked by hand: logs 0, 1, 2 and 1, 2, 3 have variance 1 each, so the error is sqrt(2/3) with 4 degrees of freedom. */
    @Test
    void independentIsWelchsIntervalOfLogs() {
        Interval interval = Interval.independent(exp(0, 1, 2), exp(1, 2, 3));
        assertThat(Math.log(interval.ratio())).isCloseTo(1, within(1e-12));
        assertThat(Math.log(interval.high())).isCloseTo(1 + 2.7764 * Math.sqrt(2.0 / 3), within(1e-3));
        assertThat(Math.log(interval.low())).isCloseTo(1 - 2.7764 * Math.sqrt(2.0 / 3), within(1e-3));
    }

    /** Differences 1, 1, 4: mean 2, variance 3, error 1, 2 degrees of freedom. */
    @Test
    void inTurnsIsTheIntervalOfDifferences() {
        Interval interval = Interval.inTurns(exp(0, 5, 9), exp(1, 6, 13));
        assertThat(Math.log(interval.ratio())).isCloseTo(2, within(1e-12));
        assertThat(Math.log(interval.high())).isCloseTo(2 + 4.3027, within(1e-3));
    }

    @Test
    void swappingTheRunsInvertsTheInterval() {
        double[] a = {1, 1.1, 0.9, 1.3};
        double[] b = {2, 2.1, 1.7};
        Interval there = Interval.independent(a, b);
        Interval back = Interval.independent(b, a);
        assertThat(there.low() * back.high()).isCloseTo(1, within(1e-12));
        assertThat(there.ratio() * back.ratio()).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalSamplesLeaveNoDoubt() {
        assertThat(Interval.independent(new double[] {2, 2, 2}, new double[] {2, 2, 2})).isEqualTo(new Interval(1, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({"3, 0.05", "5, 0.05", "5, 0.3", "10, 0.1", "20, 0.02"})
    void withoutADifferenceFewAreCalledFasterOrSlower(int samples, double noise) {
        assertThat(wronglyCalled(samples, random -> Math.exp(noise * random.nextGaussian()))).isLessThan(0.06);
    }

    /** A busy machine: one sample in five takes up to three times as long. */
    @Test
    void outliersDoNotMakeDifferences() {
        assertThat(wronglyCalled(5,
                random -> Math.exp(0.02 * random.nextGaussian()) * (random.nextInt(5) == 0 ? 1 + 2 * random.nextDouble() : 1)))
                .isLessThan(0.06);
    }

    @Test
    void aTenthIsFoundInSmallNoise() {
        assertThat(verdicts(5, 1.1, 0.02, Verdict.FASTER)).isGreaterThan(0.98);
        assertThat(verdicts(5, 1 / 1.1, 0.02, Verdict.SLOWER)).isGreaterThan(0.98);
    }

    @Test
    void theSameIsSaidInSmallNoiseAndNotInGreat() {
        assertThat(verdicts(8, 1, 0.01, Verdict.SAME)).isGreaterThan(0.95);
        assertThat(verdicts(5, 1, 0.2, Verdict.CANNOT_SAY)).isGreaterThan(0.9);
    }

    @Test
    void whatNobodyMindsIsTheSameEvenIfItIsCertain() {
        assertThat(Verdict.of(new Interval(1.01, 1.015, 1.02), MARGIN)).isEqualTo(Verdict.SAME);
        assertThat(Verdict.of(new Interval(1.01, 1.05, 1.09), MARGIN)).isEqualTo(Verdict.FASTER);
        assertThat(Verdict.of(new Interval(0.9, 1, 1.1), MARGIN)).isEqualTo(Verdict.CANNOT_SAY);
        assertThat(Verdict.of(null, MARGIN)).isEqualTo(Verdict.CANNOT_SAY);
    }

    private static double wronglyCalled(int samples, ToDoubleFunction<SplittableRandom> sample) {
        int wrong = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Verdict verdict = Verdict.of(Interval.independent(samples(random, samples, sample), samples(random, samples, sample)), MARGIN);
            wrong += verdict == Verdict.FASTER || verdict == Verdict.SLOWER ? 1 : 0;
        }
        return (double) wrong / SEEDS;
    }

    private static double verdicts(int samples, double ratio, double noise, Verdict expected) {
        int found = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] a = samples(random, samples, r -> Math.exp(noise * r.nextGaussian()));
            double[] b = samples(random, samples, r -> ratio * Math.exp(noise * r.nextGaussian()));
            found += Verdict.of(Interval.independent(a, b), MARGIN) == expected ? 1 : 0;
        }
        return (double) found / SEEDS;
    }

    private static double[] samples(SplittableRandom random, int samples, ToDoubleFunction<SplittableRandom> sample) {
        double[] values = new double[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = sample.applyAsDouble(random);
        }
        return values;
    }

    private static double[] exp(double... logs) {
        double[] values = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            values[i] = Math.exp(logs[i]);
        }
        return values;
    }
}
