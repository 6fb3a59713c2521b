package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;

/**
 * Where a reference comes from: the states' mean over its iterations, which for one iteration is that iteration. Rows are {@code [tokens][hidden]}, the tokens those of
 * the states that are measured.
 *
 * @param states the iterations to average
 * @param mean whether to average; else {@code states} holds one iteration
 * @param wide whether the rows are widened to float64, not float32
 */
public record Source(StateTensor states, boolean mean, boolean wide) {
    /** The type of the reference rows: a mean is rounded to float32, or kept in float64 for float64 states. */
    public DType dtype() {
        if (mean) {
            return states.dtype() == DType.F64 ? DType.F64 : DType.F32;
        }
        return states.dtype();
    }
}
