/**
 * Figures. {@link io.github.latentconvergence.plot.Heatmap} is computed in two steps: a layout that places every mark once, in units that know nothing of an output
 * format, and a painter for each format that draws those marks; so are charts and the figures of trajectories. May depend on the core library, on {@code java.desktop} and, for
 * eigenvalues, on EJML; nothing else.
 */
@NullMarked
package io.github.latentconvergence.plot;

import org.jspecify.annotations.NullMarked;
