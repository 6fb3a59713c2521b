/**
 * Figures. {@link io.github.latentconvergence.plot.Heatmap} is computed in two steps: a layout that places every mark once, in units that know nothing of an output
 * format, and a painter for each format that draws those marks. May depend on the core library and on {@code java.desktop}; nothing else.
 */
@NullMarked
package io.github.latentconvergence.plot;

import org.jspecify.annotations.NullMarked;
