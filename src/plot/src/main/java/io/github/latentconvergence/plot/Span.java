package io.github.latentconvergence.plot;

/** From the least to the largest coordinate. */
record Span(double low, double high) {
    /** Of all tokens on a component. */
    static Span of(PrincipalComponents components, int component) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < components.tokens().size(); n++) {
            for (int t = 0; t < components.iterations(); t++) {
                low = Math.min(low, components.coordinate(n, t, component));
                high = Math.max(high, components.coordinate(n, t, component));
            }
        }
        return new Span(low, high);
    }

    double middle() {
        return low + length() / 2;
    }

    double length() {
        return high - low;
    }
}
