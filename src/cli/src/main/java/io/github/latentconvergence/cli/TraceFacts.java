package io.github.latentconvergence.cli;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.DType;
import java.nio.file.Path;

/** What results say of the trace they come from. */
record TraceFacts(Path path, long iterations, long tokens, long hidden, DType dtype) {
    static TraceFacts of(Trace trace) {
        return new TraceFacts(trace.path(), trace.states().iterations(), trace.states().tokens(), trace.states().hidden(),
                trace.states().dtype());
    }

    /** In words. */
    String size() {
        return tokens + " tokens x " + iterations + " iterations x " + hidden + " hidden, " + dtype.label();
    }
}
