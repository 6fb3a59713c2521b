package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.ResultKey;
import org.jspecify.annotations.Nullable;

/**
 * One result in two runs.
 *
 * @param key what both measured
 * @param time of B by that of A: below 1 where B is faster; null with too few samples
 * @param share of the roofline in B by that in A: above 1 where B is faster; null with too few samples, or where shares mean nothing
 * @param units how many values of A and B the intervals rest on, at least
 * @param jvms whether these are JVMs and not iterations
 * @param verdict by the share where there is one, else by the time
 */
record Comparison(ResultKey key, @Nullable Interval time, @Nullable Interval share, int units, boolean jvms, Verdict verdict) {
    /**
     * Compares.
     *
     * @param margin what nobody minds, 0.03 for 3 %
     * @param inTurns whether the JVMs of A and B took turns, the first of A with the first of B and so on
     */
    static Comparison of(Result a, Result b, double margin, boolean inTurns) {
        Units times = Units.of(a.samples(), b.samples(), Result.Sample::nanosPerOp, Result.Sample::nanosPerOp);
        Interval time = interval(times, inTurns);
        Interval share = Figures.hasShare(a) && Figures.hasShare(b)
                ? interval(Units.of(a.samples(), b.samples(), s -> Figures.share(a, s), s -> Figures.share(b, s)), inTurns)
                : null;
        Interval speed = share != null ? share : time == null ? null : new Interval(1 / time.high(), 1 / time.ratio(), 1 / time.low());
        return new Comparison(ResultKey.of(a), time, share, Math.min(times.a().length, times.b().length), times.jvms(),
                Verdict.of(speed, margin));
    }

    private static @Nullable Interval interval(Units units, boolean inTurns) {
        if (!units.enough()) {
            return null;
        }
        boolean pairs = inTurns && units.jvms() && units.a().length == units.b().length;
        return pairs ? Interval.inTurns(units.a(), units.b()) : Interval.independent(units.a(), units.b());
    }
}
