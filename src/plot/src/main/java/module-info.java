/** Figures of convergence matrices and trajectories, drawn with the JDK's own Java2D, no display needed. EJML solves the eigenproblems of principal components. */
// EJML is not a module: its jars' names are those of automatic ones.
@SuppressWarnings("requires-automatic")
module io.github.latentconvergence.plot {
    requires transitive io.github.latentconvergence;
    requires transitive java.desktop;
    requires ejml.core;
    requires ejml.ddense;
    requires static org.jspecify;

    exports io.github.latentconvergence.plot;
}
