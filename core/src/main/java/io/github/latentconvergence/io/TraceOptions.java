package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What the caller knows about a trace file beyond what the file says. Immutable; nothing is looked at before {@link TraceFiles#open(Path, TraceOptions)}.
 *
 * @param tensor the name of the tensor that holds the states, for safetensors and npz; else {@code states}, or the only one with 3 or 4 axes that has no reserved name
 * @param dtype what the states are stored as: needed for raw bytes and for 16-bit whole numbers that are the bits of bf16; must not contradict the file otherwise
 * @param shape {@code [iterations][tokens][hidden]}, {@code [iterations][batch][tokens][hidden]} or, one token, {@code [iterations][hidden]}: needed for raw bytes; must
 *        not contradict the file otherwise
 * @param hasS0 whether the first recorded state is the random initial state s_0, where the file does not say; must not contradict it otherwise
 * @param tokens a file with the text of every token, in place of those in the trace: {@code .json}, an array of strings (an array of such for each sequence of a batch),
 *        or {@code .txt}, one text a line
 */
public record TraceOptions(Optional<String> tensor, Optional<DType> dtype, Optional<Shape> shape, Optional<Boolean> hasS0,
        Optional<Path> tokens) {
    private static final TraceOptions DEFAULTS = new TraceOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    /** @throws NullPointerException if a component is null */
    public TraceOptions {
        Objects.requireNonNull(tensor, "tensor");
        Objects.requireNonNull(dtype, "dtype");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(hasS0, "hasS0");
        Objects.requireNonNull(tokens, "tokens");
    }

    /** Everything as the file says. */
    public static TraceOptions defaults() {
        return DEFAULTS;
    }

    /** These, with the states taken from the tensor of this name. */
    public TraceOptions withTensor(String name) {
        return new TraceOptions(Optional.of(name), dtype, shape, hasS0, tokens);
    }

    /** These, with states stored as {@code type}. */
    public TraceOptions withDtype(DType type) {
        return new TraceOptions(tensor, Optional.of(type), shape, hasS0, tokens);
    }

    /** These, with states of this shape. */
    public TraceOptions withShape(Shape sizes) {
        return new TraceOptions(tensor, dtype, Optional.of(sizes), hasS0, tokens);
    }

    /** These, with s_0 recorded or not. */
    public TraceOptions withHasS0(boolean recorded) {
        return new TraceOptions(tensor, dtype, shape, Optional.of(recorded), tokens);
    }

    /** These, with token texts from {@code file}. */
    public TraceOptions withTokens(Path file) {
        return new TraceOptions(tensor, dtype, shape, hasS0, Optional.of(file));
    }
}
