package io.github.latentconvergence.analysis;

import java.util.OptionalDouble;

/** Finds the contraction rate of a token on its descent. Source of the error bar: the a-posteriori bound of contractions, as econ-ark/HARK uses it. */
final class RateFinder {
    private RateFinder() {}

    static Contraction find(StepNorms steps, ArithmeticFloor floor) {
        int end = floor.step().orElse(steps.iterations());
        double slope = end > 1 ? steps.slope(1, end).slope() : Double.NaN;
        if (Double.isNaN(slope)) {
            return Contraction.UNKNOWN;
        }
        double rate = StrictMath.exp(slope);
        if (!(slope < 0)) {
            return new Contraction(OptionalDouble.of(rate), OptionalDouble.empty(), OptionalDouble.empty());
        }
        double still = steps.last() * rate / -StrictMath.expm1(slope);
        boolean hasBar = !floor.isReached() && Double.isFinite(still);
        return new Contraction(OptionalDouble.of(rate), OptionalDouble.of(StrictMath.log(2) / -slope),
                hasBar ? OptionalDouble.of(still) : OptionalDouble.empty());
    }
}
