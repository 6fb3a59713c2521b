package io.github.latentconvergence.bench.results;

import java.util.List;

/**
 * One run on one machine.
 *
 * @param schema {@link #SCHEMA}
 * @param environment where and what
 * @param results a line for each benchmark and combination of its parameters, in the order they ran
 */
public record Run(String schema, Environment environment, List<Result> results) {
    /** Of files written by this version. */
    public static final String SCHEMA = "latent-convergence/bench/1";

    /** A run of this version's schema. */
    public Run(Environment environment, List<Result> results) {
        this(SCHEMA, environment, results);
    }
}
