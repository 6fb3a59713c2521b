package io.github.latentconvergence.bench.results;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a run can be one: nothing is missing, every number is finite, and no result stands twice. Files may hold anything, so null is looked for where types deny it. */
final class Soundness {
    private Soundness() {}

    static void check(Run run) throws UnsoundRunException {
        present(run.environment(), "environment", "the run");
        check(run.environment());
        present(run.results(), "results", "the run");
        Set<ResultKey> seen = new HashSet<>();
        for (Result result : run.results()) {
            present(result, "element of results", "the run");
            check(result);
            if (!seen.add(ResultKey.of(result))) {
                throw new UnsoundRunException(ResultKey.of(result) + " stands twice, expected once with all its samples");
            }
        }
    }

    private static void check(Environment environment) throws UnsoundRunException {
        String where = "the environment";
        present(environment.started(), "started", where);
        present(environment.command(), "command", where);
        present(environment.jdk(), "jdk", where);
        present(environment.cpu(), "cpu", where);
        present(environment.kernel(), "kernel", where);
        present(environment.hugePages(), "hugePages", where);
        present(environment.backend(), "backend", where);
        present(environment.compiler(), "compiler", where);
        all(environment.jvmFlags(), "jvmFlags", where);
        all(environment.caches(), "caches", where);
        all(environment.tiers(), "tiers", where);
        all(environment.notes(), "notes", where);
    }

    private static void check(Result result) throws UnsoundRunException {
        present(result.benchmark(), "benchmark", "a result");
        present(result.params(), "params", result.benchmark());
        all(result.params().keySet(), "params", result.benchmark());
        all(result.params().values(), "params", result.benchmark());
        String where = ResultKey.of(result).toString();
        if (result.bytesPerOp() < 0) {
            throw new UnsoundRunException(where + " has " + result.bytesPerOp() + " bytesPerOp, expected 0 or more");
        }
        Double allocated = result.allocatedBytesPerOp();
        if (allocated != null && !(Double.isFinite(allocated) && allocated >= 0)) {
            throw new UnsoundRunException(where + " has allocatedBytesPerOp " + allocated + ", expected a finite number of 0 or more");
        }
        all(result.samples(), "samples", where);
        for (Result.Sample sample : result.samples()) {
            positive(sample.nanosPerOp(), "nanosPerOp", where);
            Double roofline = sample.rooflineBytesPerSecond();
            if (roofline != null) {
                positive(roofline, "rooflineBytesPerSecond", where);
            }
            if (sample.fork() < 0) {
                throw new UnsoundRunException(where + " has a sample of fork " + sample.fork() + ", expected 0 or more");
            }
        }
    }

    private static void positive(double number, String name, String where) throws UnsoundRunException {
        if (!(Double.isFinite(number) && number > 0)) {
            throw new UnsoundRunException(where + " has a sample with " + name + " " + number + ", expected a finite number above 0");
        }
    }

    private static void all(@Nullable Iterable<?> values, String name, String where) throws UnsoundRunException {
        present(values, name, where);
        if (values != null) {
            for (Object value : values) {
                present(value, "element of " + name, where);
            }
        }
    }

    private static void present(@Nullable Object value, String name, String where) throws UnsoundRunException {
        if (value == null) {
            throw new UnsoundRunException(where + " has no " + name + ", expected one");
        }
    }
}
