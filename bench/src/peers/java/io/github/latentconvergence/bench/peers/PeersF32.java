package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.DType;
import org.openjdk.jmh.annotations.Param;

/** Of float32 states. */
public class PeersF32 extends Peers {
    @Param({"latent-convergence", "plain-loop", "vector-api", "lucene", "lucene-on-heap", "jvector", "jvector-in-place", "pytorch-loop",
        "pytorch-buffered-loop", "pytorch-whole"})
    private String library;

    @Param("f32")
    private String dtype;

    /** For JMH. */
    public PeersF32() {}

    @Override
    String library() {
        return library;
    }

    @Override
    DType dtype() {
        return DType.ofLabel(dtype);
    }
}
