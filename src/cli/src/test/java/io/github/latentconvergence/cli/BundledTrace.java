package io.github.latentconvergence.cli;

import java.nio.file.Path;

/** Small traces that come with the sources. */
final class BundledTrace {
    private static final Path FOLDER = Path.of(System.getProperty("latentconvergence.root"), "core", "src", "test", "resources", "traces");

    /** 38 tokens that settle in 33 iterations. */
    static final Path SETTLING = FOLDER.resolve("settling-seed0.safetensors");
    static final int TOKENS = 38;
    static final int ITERATIONS = 33;

    /** Made after the published figure: 29 tokens, of which 17 and 18 stay far. */
    static final Path FIGURE_LIKE = FOLDER.resolve("figure-like.safetensors");

    private BundledTrace() {}
}
