package io.github.latentconvergence.internal.kernel;

/**
 * What turns x into N(x), and x - y into N(x) - N(y) without cancellation: {@code g (m (x-y) + c z)}, z being whichever of x and y has the smaller mean square. The
 * derivation is in the handbook, under numerics.
 *
 * @param a 1 / sqrt(mean x^2 + eps)
 * @param c a less the same of y
 * @param m the smaller of the two
 */
record Scale(double a, double c, double m, boolean xIsSmaller) {
    /** Of what is not normalised. */
    static final Scale UNUSED = new Scale(0, 0, 0, true);

    /** Of a state alone: m = a. */
    static Scale alone(double xNorm, double hidden, double eps) {
        double a = 1 / Math.sqrt(xNorm / hidden + eps);
        return new Scale(a, 0, a, true);
    }

    /** Of a pair. {@code cross} is |x|^2 - |y|^2. */
    static Scale pair(double xNorm, double yNorm, double cross, double hidden, double eps) {
        double meanX = xNorm / hidden + eps;
        double meanY = yNorm / hidden + eps;
        double rootX = Math.sqrt(meanX);
        double rootY = Math.sqrt(meanY);
        boolean xIsSmaller = meanX <= meanY;
        // Divided one by one: the product of the roots would overflow for vast float64 states.
        double c = -(cross / hidden) / rootX / rootY / (rootX + rootY);
        return new Scale(1 / rootX, c, xIsSmaller ? 1 / rootY : 1 / rootX, xIsSmaller);
    }
}
