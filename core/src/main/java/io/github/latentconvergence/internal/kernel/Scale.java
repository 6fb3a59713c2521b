package io.github.latentconvergence.internal.kernel;

/**
 * What turns x - y into N(x) - N(y) without cancellation: {@code g (m (x-y) + c z)}, z being whichever of x and y has the smaller mean square. The derivation is in the
 * handbook, under numerics.
 */
record Scale(double m, double c, boolean xIsSmaller) {
    /** Of a state alone: m = 1 / sqrt(mean x^2 + eps). */
    static Scale alone(double xNorm, double hidden, double eps) {
        return new Scale(1 / Math.sqrt(xNorm / hidden + eps), 0, true);
    }

    /** Of a difference. {@code cross} is sum (x-y)(x+y). */
    static Scale difference(double xNorm, double yNorm, double cross, double hidden, double eps) {
        double meanX = xNorm / hidden + eps;
        double meanY = yNorm / hidden + eps;
        double rootX = Math.sqrt(meanX);
        double rootY = Math.sqrt(meanY);
        boolean xIsSmaller = meanX <= meanY;
        // Divided one by one: the product of the roots would overflow for vast float64 states.
        return new Scale(xIsSmaller ? 1 / rootY : 1 / rootX, -(cross / hidden) / rootX / rootY / (rootX + rootY), xIsSmaller);
    }
}
