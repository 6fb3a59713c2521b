package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Recorded latent states of one model run, with what the file says about them.
 *
 * <p><b>Shape</b>: states {@code [iterations][tokens][hidden]} or {@code [iterations][batch][tokens][hidden]}; {@link #batch} chooses one sequence of the latter.
 * <b>Ownership</b>: a trace owns its mapping and gives it back on {@link #close}; batches are views of it. <b>Threads</b>: may be read from any thread. A file that another
 * program cuts short while it is mapped ends the process with a bus error: do not write to a trace that is open.
 */
public final class Trace implements AutoCloseable {
    private final Path path;
    private final StateTensor states;
    private final Annotations about;

    Trace(Path path, StateTensor states, Annotations about) {
        this.path = path;
        this.states = states;
        this.about = about;
    }

    /**
     * All that a trace may carry beside its states; absent parts are null.
     *
     * @param tokenTexts a list of texts for each sequence, or one for all
     * @param mask {@code [batches][tokens]}, true for a real token
     */
    record Annotations(@Nullable StateTensor reference, @Nullable Boolean referenceNormalized, @Nullable StateTensor logits,
            @Nullable List<List<String>> tokenTexts, boolean @Nullable [][] mask, long @Nullable [][] tokenIds,
            double @Nullable [] normWeight,
            @Nullable Boolean hasS0, @Nullable Boolean normalized, Map<String, String> metadata) {}

    /** Where the trace was opened from. */
    public Path path() {
        return path;
    }

    /** The states. */
    public StateTensor states() {
        return states;
    }

    /** An external reference recorded beside the states, {@code [tokens][hidden]}; {@code [batch][tokens][hidden]} before a sequence is chosen. */
    public Optional<StateTensor> reference() {
        return Optional.ofNullable(about.reference);
    }

    /** Whether the recorded reference is normalised, where the file says so. */
    public Optional<Boolean> referenceNormalized() {
        return Optional.ofNullable(about.referenceNormalized);
    }

    /** Output logits for every iteration, {@code [iterations][tokens][vocabulary]}; with a batch axis, as the states, before a sequence is chosen. */
    public Optional<StateTensor> logits() {
        return Optional.ofNullable(about.logits);
    }

    /**
     * The text of every token, special tokens included; its index where the trace carries no texts.
     *
     * @throws IllegalStateException if every sequence has texts of its own and none was chosen
     */
    public List<String> tokens() {
        return about.tokenTexts == null ? new Indices(states.tokens()) : about.tokenTexts.get(only(about.tokenTexts.size()));
    }

    /** Whether {@link #tokens} are texts, not merely indices. */
    public boolean hasTokenTexts() {
        return about.tokenTexts != null;
    }

    /**
     * The vocabulary index of every token.
     *
     * @throws IllegalStateException if every sequence has indices of its own and none was chosen
     */
    public Optional<long[]> tokenIds() {
        return about.tokenIds == null ? Optional.empty() : Optional.of(about.tokenIds[only(about.tokenIds.length)].clone());
    }

    /**
     * Which tokens are real; padding is false. Absent where the trace has no mask.
     *
     * @throws IllegalStateException if every sequence has a mask of its own and none was chosen
     */
    public Optional<boolean[]> mask() {
        return about.mask == null ? Optional.empty() : Optional.of(about.mask[only(about.mask.length)].clone());
    }

    /** The weight of the model's final RMSNorm, one for each hidden component. */
    public Optional<double[]> normWeight() {
        return about.normWeight == null ? Optional.empty() : Optional.of(about.normWeight.clone());
    }

    /** Whether the first recorded state is the random initial state s_0; empty where nobody has said. */
    public Optional<Boolean> hasS0() {
        return Optional.ofNullable(about.hasS0);
    }

    /** Whether the states were normalised before they were recorded; empty where nobody has said. */
    public Optional<Boolean> normalized() {
        return Optional.ofNullable(about.normalized);
    }

    /** The file's own metadata, as it stands there. */
    public Map<String, String> metadata() {
        return about.metadata;
    }

    /** Number of sequences. */
    public long batches() {
        return states.batches();
    }

    /**
     * Sequence {@code b} with its reference, mask, token texts and logits, as a view that shares this trace's memory; closing it does nothing.
     *
     * @throws IllegalStateException if the trace has no batch axis or is closed
     * @throws IndexOutOfBoundsException if there is no such sequence
     */
    public Trace batch(long b) {
        StateTensor chosen = states.batch(b);
        int i = Math.toIntExact(b);
        List<List<String>> texts = about.tokenTexts == null || about.tokenTexts.size() == 1
                ? about.tokenTexts
                : List.of(about.tokenTexts.get(i));
        return new Trace(path, chosen, new Annotations(about.reference == null ? null : sequence(about.reference, b),
                about.referenceNormalized,
                about.logits == null ? null : about.logits.hasBatch() ? about.logits.batch(b) : about.logits, texts,
                about.mask == null || about.mask.length == 1 ? about.mask : Arrays.copyOfRange(about.mask, i, i + 1),
                about.tokenIds == null || about.tokenIds.length == 1 ? about.tokenIds : Arrays.copyOfRange(about.tokenIds, i, i + 1),
                about.normWeight,
                about.hasS0, about.normalized, about.metadata));
    }

    /** Index 0, if that is the only sequence there is to choose from: the first of several would be a silent guess. */
    private static int only(int sequences) {
        if (sequences > 1) {
            throw new IllegalStateException("the trace holds " + sequences + " sequences: choose one with batch(b)");
        }
        return 0;
    }

    /** The indices of tokens as texts, made when they are asked for: a hostile file may announce more tokens than the heap holds. */
    private static final class Indices extends AbstractList<String> implements RandomAccess {
        private final int size;

        Indices(long tokens) {
            size = (int) Math.min(tokens, Integer.MAX_VALUE);
        }

        @Override
        public String get(int index) {
            return Integer.toString(Objects.checkIndex(index, size));
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** A reference {@code [batch][tokens][hidden]} is kept with the batch where iterations usually stand. */
    private static StateTensor sequence(StateTensor reference, long b) {
        return reference.shape().rank() == 2
                ? reference
                : reference.alongside(reference.iteration(b), reference.dtype(), Shape.of(reference.tokens(), reference.hidden()));
    }

    /**
     * Gives the mapping back; a second call, or a call on a batch, does nothing.
     *
     * @throws IllegalStateException if a computation uses the trace; it then stays open
     */
    @Override
    public void close() {
        states.close();
    }

    @Override
    public String toString() {
        return "Trace[" + Objects.toString(path.getFileName()) + " " + states + "]";
    }
}
