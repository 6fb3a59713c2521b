package io.github.latentconvergence.bench.results;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark with one combination of parameters.
 *
 * @param benchmark class and method, for example {@code EndToEnd.matrix}
 * @param params by name, for example {@code dtype=bf16, threads=2}
 * @param bytesPerOp bytes of states that an operation reads, or writes where it writes; 0 where that means nothing
 * @param samples a line for each measured iteration of each fork
 * @param allocatedBytesPerOp on the Java heap; null where it was not measured
 */
public record Result(String benchmark, Map<String, String> params, long bytesPerOp, List<Sample> samples,
        @Nullable Double allocatedBytesPerOp) {
    /**
     * One iteration.
     *
     * @param nanosPerOp mean over the iteration
     * @param rooflineBytesPerSecond plain reads of memory, measured right before and after the iteration with as many threads; null where a share of it means nothing
     * @param fork the JVM it ran in, counted from 0: samples of one JVM resemble each other more than those of two
     */
    public record Sample(double nanosPerOp, @Nullable Double rooflineBytesPerSecond, int fork) {
        /** An iteration of the first or only JVM. */
        public Sample(double nanosPerOp, @Nullable Double rooflineBytesPerSecond) {
            this(nanosPerOp, rooflineBytesPerSecond, 0);
        }
    }
}
