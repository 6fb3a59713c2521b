package io.github.latentconvergence.plot;

import java.util.List;

/** Where everything on a figure is: what a painter needs to know. */
interface Layout {
    /** Of the figure in its units. */
    int width();

    /** Of the figure in its units. */
    int height();

    /** Of the whole, for those who do not see it. */
    String name();

    /** What the figure shows, for those who do not see it: a sentence or two. */
    String description();

    /** Everything to draw, in this order. */
    List<Mark> marks();
}
