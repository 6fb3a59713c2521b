/**
 * The entry points: {@link io.github.latentconvergence.Convergence#convergenceMatrix} and what it takes and gives. Sees the tensors, files and kernels below; knows
 * nothing of analysis or figures.
 */
@NullMarked
package io.github.latentconvergence;

import org.jspecify.annotations.NullMarked;
