/** Convergence of latent states: tensors, files, kernels, matrices. Needs nothing but {@code java.base} at run time. */
module io.github.latentconvergence {
    requires static org.jspecify;

    exports io.github.latentconvergence;
    exports io.github.latentconvergence.analysis;
    exports io.github.latentconvergence.io;
    exports io.github.latentconvergence.tensor;
}
