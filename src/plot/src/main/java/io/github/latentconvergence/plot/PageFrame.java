package io.github.latentconvergence.plot;

import java.util.List;

/**
 * What stands around the interactive heatmap on a page.
 *
 * @param title of the window, until the heatmap names it; escaped
 * @param kind class of the body; the page's style and script look at it
 * @param before markup, without braces
 * @param after likewise
 * @param styles names of more style sheets
 */
record PageFrame(String title, String kind, String before, String after, List<String> styles) {
    /** The heatmap alone. */
    static final PageFrame NONE = new PageFrame("Latent State Convergence", "heatmap", "", "", List.of());
}
