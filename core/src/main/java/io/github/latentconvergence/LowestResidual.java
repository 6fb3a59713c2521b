package io.github.latentconvergence;

import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The states of {@link Reference#lowestResidual()}, copied together so that they are a reference like any other: one state for each token. */
final class LowestResidual implements AutoCloseable {
    private final StateTensor states;
    private final boolean[] masked;
    private final Map<Normalization, Gathered> gathered = new HashMap<>();

    private record Gathered(int[] chosen, StateTensor rows) {}

    LowestResidual(StateTensor states, boolean[] masked) {
        this.states = states;
        this.masked = masked;
    }

    /** @param steps the step norms under {@code normalization} */
    void gather(Normalization normalization, ConvergenceMatrix steps) {
        int[] chosen = new int[steps.tokens()];
        StateTensor rows = StateTensor.allocate(states.dtype(), Shape.of(states.tokens(), states.hidden()));
        for (int i = 0; i < steps.tokens(); i++) {
            if (!masked[i]) {
                chosen[i] = smallest(steps, i);
                MemorySegment.copy(states.row(chosen[i], i), 0, rows.row(0, i), 0, states.hidden() * states.dtype().bytes());
            }
        }
        gathered.put(normalization, new Gathered(chosen, rows));
    }

    private static int smallest(ConvergenceMatrix steps, int token) {
        int best = steps.iterations() - 1;
        double least = Double.POSITIVE_INFINITY;
        for (int t = 1; t < steps.iterations(); t++) {
            if (steps.distance(token, t) < least) {
                least = steps.distance(token, t);
                best = t;
            }
        }
        return best;
    }

    Reference reference(Normalization normalization) {
        return Reference.external(Objects.requireNonNull(gathered.get(normalization)).rows);
    }

    int[] chosen(Normalization normalization) {
        return Objects.requireNonNull(gathered.get(normalization)).chosen;
    }

    @Override
    public void close() {
        gathered.values().forEach(g -> g.rows.close());
    }
}
