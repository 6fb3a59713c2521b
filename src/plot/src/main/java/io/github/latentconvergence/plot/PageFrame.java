package io.github.latentconvergence.plot;

import java.util.List;

/**
 * What stands around the interactive heatmap on a page, or makes a page without one.
 *
 * @param title of the window, until the heatmap names it; escaped
 * @param kind class of the body; the page's style and script look at it
 * @param before markup
 * @param after likewise
 * @param styles names of more style sheets
 * @param programs names of more scripts; those of a program see each other and nothing else
 */
record PageFrame(String title, String kind, String before, String after, List<String> styles,
        List<List<String>> programs) {
    /** The heatmap alone. */
    static final PageFrame NONE = new PageFrame("Latent State Convergence", "heatmap", "", "", List.of(), List.of());
}
