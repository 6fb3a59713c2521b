package io.github.latentconvergence;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is applied to states and references before a distance: nothing, or RMSNorm, {@code N(x)_d = g_d x_d / sqrt(mean(x^2) + eps)}, as the model's final norm does.
 * Immutable.
 */
public final class Normalization {
    /** The usual eps of RMSNorm. */
    public static final double DEFAULT_EPS = 1e-6;

    private static final Normalization NONE = new Normalization(false, null, 0);

    private final boolean rmsNorm;
    private final double @Nullable [] weight;
    private final double eps;

    private Normalization(boolean rmsNorm, double @Nullable [] weight, double eps) {
        this.rmsNorm = rmsNorm;
        this.weight = weight;
        this.eps = eps;
    }

    /** States as they are. */
    public static Normalization none() {
        return NONE;
    }

    /** RMSNorm with eps 1e-6 and the trace's own weight where it has one, else ones. */
    public static Normalization rmsNorm() {
        return rmsNorm(DEFAULT_EPS);
    }

    /**
     * RMSNorm with the trace's own weight where it has one, else ones.
     *
     * @throws IllegalArgumentException unless {@code eps} is finite and not negative
     */
    public static Normalization rmsNorm(double eps) {
        return new Normalization(true, null, checkedEps(eps));
    }

    /**
     * RMSNorm with a weight g for each hidden component; copied.
     *
     * @throws IllegalArgumentException unless {@code eps} is finite and not negative
     */
    public static Normalization rmsNorm(double[] weight, double eps) {
        return new Normalization(true, weight.clone(), checkedEps(eps));
    }

    private static double checkedEps(double eps) {
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("eps " + eps + ": expected a finite number, 0 or more");
        }
        return eps;
    }

    /** Whether this is RMSNorm. */
    public boolean isRmsNorm() {
        return rmsNorm;
    }

    /** The weight that was given, if one was; a copy. */
    public Optional<double[]> weight() {
        return weight == null ? Optional.empty() : Optional.of(weight.clone());
    }

    /** The eps of RMSNorm. */
    public double eps() {
        return eps;
    }

    /** The name on the command line and in results: {@code none} or {@code rmsnorm}. */
    public String label() {
        return rmsNorm ? "rmsnorm" : "none";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization n && n.rmsNorm == rmsNorm && Double.compare(n.eps, eps) == 0
                && Arrays.equals(n.weight, weight);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(eps) + Arrays.hashCode(weight);
    }

    @Override
    public String toString() {
        return label();
    }
}
