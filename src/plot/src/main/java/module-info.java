/** Figures of convergence matrices, drawn with the JDK's own Java2D: no other library, no display. */
module io.github.latentconvergence.plot {
    requires transitive io.github.latentconvergence;
    requires transitive java.desktop;
    requires static org.jspecify;

    exports io.github.latentconvergence.plot;
}
