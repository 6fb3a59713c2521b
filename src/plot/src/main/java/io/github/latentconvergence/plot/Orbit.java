package io.github.latentconvergence.plot;

/**
 * A token on principal components.
 *
 * @param text the token's
 * @param components on which it is, with others or alone
 * @param index of the token in them
 */
record Orbit(String text, PrincipalComponents components, int index) {
    int token() {
        return components.tokens().get(index);
    }

    double at(int iteration, int component) {
        return components.coordinate(index, iteration, component);
    }
}
