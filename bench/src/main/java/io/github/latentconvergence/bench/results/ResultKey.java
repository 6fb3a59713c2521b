package io.github.latentconvergence.bench.results;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What makes a result the same in two runs.
 *
 * @param benchmark class and method
 * @param params by name, in any order
 */
public record ResultKey(String benchmark, Map<String, String> params) {
    /** The key of a result. */
    public static ResultKey of(Result result) {
        return new ResultKey(result.benchmark(), result.params());
    }

    /** For people: {@code EndToEnd.matrix dtype=bf16 threads=2}. */
    @Override
    public String toString() {
        return params.isEmpty()
                ? benchmark
                : benchmark + " " + params.entrySet().stream().map(p -> p.getKey() + "=" + p.getValue()).collect(Collectors.joining(" "));
    }
}
