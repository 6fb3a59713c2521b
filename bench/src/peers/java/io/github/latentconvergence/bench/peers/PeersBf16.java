package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.DType;
import org.openjdk.jmh.annotations.Param;

/** Of bfloat16 states. */
public class PeersBf16 extends Peers {
    @Param({"latent-convergence", "plain-loop", "vector-api", "pytorch-loop", "pytorch-upcast-loop", "pytorch-buffered-loop",
        "pytorch-whole"})
    private String library;

    @Param("bf16")
    private String dtype;

    /** For JMH. */
    public PeersBf16() {}

    @Override
    String library() {
        return library;
    }

    @Override
    DType dtype() {
        return DType.ofLabel(dtype);
    }
}
