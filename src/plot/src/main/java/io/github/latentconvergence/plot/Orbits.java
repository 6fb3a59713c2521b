package io.github.latentconvergence.plot;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Trajectories of chosen tokens on their leading six principal components: for each token three panels, of components 1 and 2, 3 and 4, 5 and 6, on axes of the same scale.
 * The path is coloured by iteration, dark first; its first and last state are marked; grey lines cross at the mean of the states; axes say how much of the variance they
 * explain.
 *
 * <p><b>Unit</b>: axes are in that of a state's component; sizes in figure units, of which each is {@link #withScale scale} pixels wide. <b>Ownership</b>: states are read
 * when this is made, and nothing of them is kept. <b>Threads</b>: immutable, use from any thread. <b>NaN</b>: a state that is not finite is an error. A token whose states
 * are all the same is a point, and the figure says so. Fonts and display as with {@link Heatmap}. The coordinates are those of {@link PrincipalComponents}.
 */
public final class Orbits {
    static final String TITLE = "Latent State Trajectories on Principal Components";
    private static final int MOST_TOKENS = 16;

    private final List<Orbit> orbits;
    private final String title;
    private final String note;
    private final double scale;

    private Orbits(List<Orbit> orbits, String title, String note, double scale) {
        this.orbits = orbits;
        this.title = title;
        this.note = note;
        this.scale = scale;
    }

    /**
     * Tokens, each on principal components of its own, from top to bottom.
     *
     * @param tokens positions of 1 to 16 tokens, in any order
     * @param texts of every token of the states; any text is safe
     * @throws IllegalArgumentException if there is not one text for each token, the number of tokens is another, one is not there, or a state of one is not finite
     * @throws IllegalStateException if the states are closed, or have a batch axis of which none was chosen
     */
    public static Orbits of(StateTensor states, int[] tokens, List<String> texts) {
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
    public static Orbits of(StateTensor states, int[] tokens, List<String> texts, ConvergenceOptions options) {
        requireFew(tokens);
        requireTexts(states, texts);
        List<Orbit> orbits = new ArrayList<>();
        for (int token : tokens) {
            int done = orbits.size();
            PrincipalComponents own = PrincipalComponents.of(states, new int[] {token}, OrbitsLayout.COMPONENTS,
                    options.withProgress(fraction -> options.progress().accept((done + fraction) / tokens.length)));
            orbits.add(new Orbit(texts.get(token), own, 0));
        }
        return new Orbits(List.copyOf(orbits), TITLE, "", 1);
    }

    /**
     * Tokens on principal components they have in common, those of all their states together: panels of a column have the same axes.
     *
     * @throws IllegalArgumentException as for components of their own
     * @throws IllegalStateException as for components of their own
     */
    public static Orbits together(StateTensor states, int[] tokens, List<String> texts) {
        return together(states, tokens, texts, ConvergenceOptions.defaults());
    }

    /**
     * The same with options, as {@link PrincipalComponents} takes them.
     *
     * @throws IllegalArgumentException as without options
     * @throws IllegalStateException as without options
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Orbits together(StateTensor states, int[] tokens, List<String> texts, ConvergenceOptions options) {
        requireFew(tokens);
        requireTexts(states, texts);
        PrincipalComponents common = PrincipalComponents.of(states, tokens, OrbitsLayout.COMPONENTS, options);
        List<Orbit> orbits = new ArrayList<>();
        for (int n = 0; n < tokens.length; n++) {
            orbits.add(new Orbit(texts.get(common.tokens().get(n)), common, n));
        }
        return new Orbits(List.copyOf(orbits), TITLE, "", 1);
    }

    /**
     * Tokens of a trace, each on principal components of its own; where the first state is known to be missing, the figure says so.
     *
     * @throws IllegalArgumentException as for states, or if a token is masked
     * @throws IllegalStateException as for states
     */
    public static Orbits of(Trace trace, int... tokens) {
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
    public static Orbits of(Trace trace, int[] tokens, ConvergenceOptions options) {
        requireReal(trace, tokens);
        Orbits bare = of(trace.states(), tokens, trace.tokens(), options);
        return new Orbits(bare.orbits, TITLE, Wording.firstPosition(trace.hasS0()), 1);
    }

    /** With another title; an empty one leaves none. */
    public Orbits withTitle(String other) {
        return new Orbits(orbits, Objects.requireNonNull(other), note, scale);
    }

    /**
     * With {@code scale} pixels to the figure unit (default 1), in a PNG.
     *
     * @throws IllegalArgumentException unless {@code 0.5 <= scale <= 16}
     */
    public Orbits withScale(double other) {
        return new Orbits(orbits, title, note, FigureLayout.requireScale(other));
    }

    /** The components that each token is drawn on, from top to bottom. */
    public List<PrincipalComponents> components() {
        return orbits.stream().map(Orbit::components).toList();
    }

    /**
     * Writes the figure as PNG or SVG, by its extension. The file is complete or absent.
     *
     * @throws IllegalArgumentException if the extension is another, or the image would be too large
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        layout().write(file, scale);
    }

    /**
     * The figure as an image of type {@code TYPE_INT_RGB}.
     *
     * @throws IllegalArgumentException if it would be too large
     * @throws IllegalStateException if a display is named that cannot be reached
     */
    public BufferedImage toImage() {
        return layout().image(scale);
    }

    FigureLayout layout() {
        return OrbitsLayout.of(orbits, title, note);
    }

    static void requireReal(Trace trace, int[] tokens) {
        trace.mask().ifPresent(real -> Arrays.stream(tokens).filter(i -> i >= 0 && i < real.length && !real[i]).findFirst()
                .ifPresent(i -> {
                    throw new IllegalArgumentException("token " + i + " is padding: it is masked");
                }));
    }

    static void requireTexts(StateTensor states, List<String> texts) {
        states.requireNoBatch();
        if (texts.size() != states.tokens()) {
            throw new IllegalArgumentException(
                    texts.size() + " texts for states of " + states.tokens() + " tokens: expected one for each");
        }
    }

    private static void requireFew(int[] tokens) {
        if (tokens.length == 0 || tokens.length > MOST_TOKENS) {
            throw new IllegalArgumentException(tokens.length + " tokens to draw: expected 1 to " + MOST_TOKENS);
        }
    }
}
