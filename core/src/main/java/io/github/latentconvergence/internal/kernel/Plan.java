package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;

/**
 * What is to be reduced, worked out once and shared by all workers. Immutable.
 *
 * @param states {@code [iterations][tokens][hidden]}
 * @param sources the references
 * @param ofSources reductions of the reference rows themselves, each alone, for each the source in {@link Reduction#source}; their sums are {@code [tokens]}
 * @param ofStates reductions of every state; their sums are {@code [tokens][iterations]}
 * @param weight RMSNorm's weight for each hidden component; ones where there is none
 * @param eps RMSNorm's eps
 */
public record Plan(StateTensor states, List<Source> sources, List<Reduction> ofSources, List<Reduction> ofStates, double[] weight,
        double eps) {
    /** Checks what native code relies on. */
    public Plan {
        sources = List.copyOf(sources);
        ofSources = List.copyOf(ofSources);
        ofStates = List.copyOf(ofStates);
        states.requireNoBatch();
        if (weight.length != states.hidden()) {
            throw new IllegalArgumentException("the weight has " + weight.length + " components; the states have " + states.hidden());
        }
        for (Source source : sources) {
            StateTensor rows = source.states();
            if (rows.tokens() != states.tokens() || rows.hidden() != states.hidden()) {
                throw new IllegalArgumentException(
                        "the reference has shape " + rows.shape() + "; the states have " + states.tokens() + " token(s) of "
                                + states.hidden() + " components");
            }
        }
    }

    /** Hidden components rounded up to whole steps of 16 lanes. */
    public long padded() {
        return (states.hidden() + 15) & ~15L;
    }

    /** Bytes of the widened references of one token, all sources together: what a tile keeps in cache. */
    public long referenceBytesPerToken() {
        return sources.stream().mapToLong(source -> padded() * (source.wide() ? Double.BYTES : Float.BYTES)).sum();
    }

    /** How many states before a state its reductions look at: 0 to 2. */
    public int looksBack() {
        return ofStates.stream().mapToInt(Reduction::looksBack).max().orElse(0);
    }
}
