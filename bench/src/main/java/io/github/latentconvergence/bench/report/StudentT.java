package io.github.latentconvergence.bench.report;

/** Student's t distribution, as far as an interval of 95 % needs it. */
final class StudentT {
    private static final int STEPS = 500;

    private StudentT() {}

    /**
     * How many standard errors to either side hold 95 %.
     *
     * <p>With t = sqrt(n) tan a, the density of t becomes that of the angle, proportional to cos(a)^(n-1): its integral from 0 to the angle wanted is 95 % of that to a right
     * angle, and no gamma function is needed.
     *
     * @param freedom degrees of freedom, at least 1, not necessarily whole
     */
    static double within95(double freedom) {
        if (!(freedom >= 1)) {
            throw new IllegalArgumentException("degrees of freedom: found " + freedom + ", expected at least 1");
        }
        // Beyond twelve times its width there is nothing left of a narrow one.
        double step = Math.min(Math.PI / 2, 12 / Math.sqrt(freedom)) / STEPS;
        double[] upTo = new double[STEPS + 1];
        for (int i = 0; i < STEPS; i++) {
            upTo[i + 1] = upTo[i] + Math.pow(Math.cos((i + 0.5) * step), freedom - 1);
        }
        double wanted = 0.95 * upTo[STEPS];
        int after = 1;
        while (upTo[after] < wanted) {
            after++;
        }
        double part = (wanted - upTo[after - 1]) / (upTo[after] - upTo[after - 1]);
        return Math.sqrt(freedom) * Math.tan((after - 1 + part) * step);
    }
}
