package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A result that has samples, in the figures that people read.
 *
 * @param result the measured one
 * @param nanos that an operation takes
 * @param share of the read roofline, each sample's of its own; null where it means nothing
 */
record Figures(Result result, Spread nanos, @Nullable Spread share) {
    /** Of all results that have samples, in the order they ran. */
    static List<Figures> of(Run run) {
        return run.results().stream().filter(result -> !result.samples().isEmpty()).map(Figures::of).toList();
    }

    /** Of one that has samples. */
    static Figures of(Result result) {
        Spread nanos = Spread.of(result.samples().stream().mapToDouble(Result.Sample::nanosPerOp));
        return new Figures(result, nanos,
                hasShare(result) ? Spread.of(result.samples().stream().mapToDouble(s -> share(result, s))) : null);
    }

    /** Whether every sample can be said as a share of the roofline. */
    static boolean hasShare(Result result) {
        return result.bytesPerOp() > 0 && !result.samples().isEmpty()
                && result.samples().stream().allMatch(s -> s.rooflineBytesPerSecond() != null);
    }

    /** Of what plain reads give around this sample. */
    static double share(Result result, Result.Sample sample) {
        return result.bytesPerOp() * 1e9 / sample.nanosPerOp() / Objects.requireNonNull(sample.rooflineBytesPerSecond());
    }

    /** In 10^9 bytes a second, which is bytes per nanosecond; 0 where bytes mean nothing. */
    double gigabytesPerSecond() {
        return result.bytesPerOp() / nanos.middle();
    }

    /** Of plain reads around the samples, the median; 0 where there is none. */
    double rooflineGigabytesPerSecond() {
        return hasShare(result)
                ? Spread.of(result.samples().stream().mapToDouble(s -> Objects.requireNonNull(s.rooflineBytesPerSecond()) / 1e9)).middle()
                : 0;
    }

    String benchmark() {
        return result.benchmark();
    }

    /** The benchmark's class. */
    String group() {
        return benchmark().replaceFirst("\\.[^.]*$", "");
    }

    /** The benchmark's method. */
    String method() {
        return benchmark().replaceFirst("^.*\\.", "");
    }

    boolean has(String param) {
        return result.params().containsKey(param);
    }

    /** A parameter's value; empty where it has none. */
    String param(String name) {
        return result.params().getOrDefault(name, "");
    }
}
