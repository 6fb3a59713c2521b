package io.github.latentconvergence.plot;

import java.util.List;

/** A figure laid out: every mark has its place, and painters only have to draw. */
interface Sheet {
    /** Width in figure units. */
    int width();

    /** Height likewise. */
    int height();

    /** Name of the whole, for those who do not see it. */
    String name();

    /** What it shows, likewise, a sentence or two. */
    String description();

    /** Everything to draw, in this order. */
    List<Mark> marks();
}
