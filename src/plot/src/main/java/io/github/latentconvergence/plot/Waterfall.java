package io.github.latentconvergence.plot;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Trajectories of many tokens on the first two principal components that all their states have in common, one behind the other: a view of a space whose third axis is the
 * position in the sequence. The first token is in front; paths are coloured by iteration, dark first,
 * and end in a square on a stem that stands on the token's line on the floor.
 *
 * <p><b>Unit</b>, <b>ownership</b>, <b>threads</b>, <b>NaN</b>: as with {@link Orbits}. <b>Many tokens</b>: of more than 64, evenly spaced ones are taken unless they are
 * chosen, and the figure says so. <b>Pages</b>: hold coordinates as float32; where there are more than 20000 pieces of paths, a page draws every n-th token while it is turned, so few
 * that there are no more, and all when it rests.
 */
public final class Waterfall {
    static final String TITLE = "Latent State Trajectories by Position";
    /** Tokens drawn unless they are chosen. */
    private static final int THINNED = 64;
    private static final int MOST_TOKENS = 4096;
    /** Tokens of a figure that does not turn. */
    private static final int MOST_DRAWN = 512;

    private final PrincipalComponents components;
    private final List<String> texts;
    private final String title;
    private final String note;
    private final double scale;

    private Waterfall(PrincipalComponents components, List<String> texts, String title, String note, double scale) {
        this.components = components;
        this.texts = texts;
        this.title = title;
        this.note = note;
        this.scale = scale;
    }

    /**
     * Chosen tokens, the first in front.
     *
     * @param tokens positions of 1 to 4096 tokens, in any order; PNG and SVG draw up to 512
     * @param texts of every token of the states; any text is safe
     * @throws IllegalArgumentException if there is not one text for each token, the number of tokens is another, one is not there, or a state of one is not finite
     * @throws IllegalStateException if the states are closed, or have a batch axis of which none was chosen
     */
    public static Waterfall of(StateTensor states, int[] tokens, List<String> texts) {
        return of(states, tokens, texts, ConvergenceOptions.defaults());
    }

    /**
     * The same with options, as {@link PrincipalComponents} takes them.
     *
     * @throws IllegalArgumentException as without options
     * @throws IllegalStateException as without options
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Waterfall of(StateTensor states, int[] tokens, List<String> texts, ConvergenceOptions options) {
        Orbits.requireTexts(states, texts);
        if (tokens.length == 0 || tokens.length > MOST_TOKENS) {
            throw new IllegalArgumentException(tokens.length + " tokens to draw: expected 1 to " + MOST_TOKENS);
        }
        PrincipalComponents common = PrincipalComponents.of(states, tokens, 2, options);
        return new Waterfall(common, common.tokens().stream().map(texts::get).toList(), TITLE, "", 1);
    }

    /**
     * All tokens, or 64 evenly spaced ones.
     *
     * @throws IllegalArgumentException as for chosen tokens
     * @throws IllegalStateException as for chosen tokens
     */
    public static Waterfall of(StateTensor states, List<String> texts) {
        return thinned(states, IntStream.range(0, Math.toIntExact(states.tokens())).toArray(), texts, ConvergenceOptions.defaults());
    }

    /**
     * All tokens of a trace that are not masked, or 64 evenly spaced ones of these; where the first state is known to be missing, the figure says so.
     *
     * @throws IllegalArgumentException as for chosen tokens, or if all are masked
     * @throws IllegalStateException as for chosen tokens
     */
    public static Waterfall of(Trace trace) {
        int tokens = Math.toIntExact(trace.states().tokens());
        int[] real = IntStream.range(0, tokens).filter(i -> trace.mask().map(mask -> mask[i]).orElse(true)).toArray();
        return thinned(trace.states(), real, trace.tokens(), ConvergenceOptions.defaults()).noting(Wording.firstPosition(trace.hasS0()));
    }

    /**
     * Chosen tokens of a trace, the first in front; where the first state is known to be missing, the figure says so.
     *
     * @throws IllegalArgumentException as for states, or if a token is masked
     * @throws IllegalStateException as for states
     */
    public static Waterfall of(Trace trace, int[] tokens) {
        return of(trace, tokens, ConvergenceOptions.defaults());
    }

    /**
     * The same with options, as {@link PrincipalComponents} takes them.
     *
     * @throws IllegalArgumentException as without options
     * @throws IllegalStateException as without options
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Waterfall of(Trace trace, int[] tokens, ConvergenceOptions options) {
        Orbits.requireReal(trace, tokens);
        return of(trace.states(), tokens, trace.tokens(), options).noting(Wording.firstPosition(trace.hasS0()));
    }

    /** These, or 64 evenly spaced ones of them. */
    static Waterfall thinned(StateTensor states, int[] all, List<String> texts, ConvergenceOptions options) {
        if (all.length <= THINNED) {
            return of(states, all, texts, options);
        }
        int[] some = new int[THINNED];
        // The first and the last are among them.
        Arrays.setAll(some, n -> all[(int) Math.round(n * (all.length - 1.0) / (THINNED - 1))]);
        return of(states, some, texts, options).noting(THINNED + " of " + all.length + " tokens, evenly spaced");
    }

    /** Saying this too, if it is anything. */
    Waterfall noting(String more) {
        return new Waterfall(components, texts, title, note.isEmpty() || more.isEmpty() ? note + more : note + "; " + more, scale);
    }

    /** With another title; an empty one leaves none. */
    public Waterfall withTitle(String other) {
        return new Waterfall(components, texts, Objects.requireNonNull(other), note, scale);
    }

    /**
     * With {@code scale} pixels to the figure unit (default 1), in a PNG.
     *
     * @throws IllegalArgumentException unless {@code 0.5 <= scale <= 16}
     */
    public Waterfall withScale(double other) {
        return new Waterfall(components, texts, title, note, FigureLayout.requireScale(other));
    }

    /** The components that the tokens are drawn on. */
    public PrincipalComponents components() {
        return components;
    }

    /**
     * Writes the figure by its extension: {@code .png}, {@code .svg}, or {@code .html}, a page on which it is turned and zoomed. The file is complete or absent.
     *
     * @throws IllegalArgumentException if the extension is another, the image would be too large, or there are more tokens than it draws
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        if (FigureFormat.of(file) == FigureFormat.HTML) {
            AtomicFile.write(file, page().html(title).getBytes(StandardCharsets.UTF_8));
        } else {
            layout().write(file, scale);
        }
    }

    /**
     * The figure as an image of type {@code TYPE_INT_RGB}.
     *
     * @throws IllegalArgumentException if it would be too large, or there are over 512 tokens
     * @throws IllegalStateException if a display is named that cannot be reached
     */
    public BufferedImage toImage() {
        return layout().image(scale);
    }

    /** What a page shows of it. */
    WaterfallPage page() {
        return new WaterfallPage(components, texts, note);
    }

    FigureLayout layout() {
        if (texts.size() > MOST_DRAWN) {
            throw new IllegalArgumentException(
                    texts.size() + " tokens to draw: expected up to " + MOST_DRAWN + " but for a page, a file that ends in .html");
        }
        return WaterfallLayout.of(components, texts, title, note);
    }
}
