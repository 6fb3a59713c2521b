/** Figures of convergence matrices, drawn with what the JDK has: no other library, no display. */
module io.github.latentconvergence.plot {
    requires transitive io.github.latentconvergence;
    requires transitive java.desktop;
    requires static org.jspecify;

    exports io.github.latentconvergence.plot;
}
