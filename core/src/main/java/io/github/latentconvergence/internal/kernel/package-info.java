/**
 * Raw reductions over rows of states, by every backend to the same bits: a {@link io.github.latentconvergence.internal.kernel.Plan} says which,
 * {@link io.github.latentconvergence.internal.kernel.Kernels} compute them tile by tile. Knows tensors and the native binding; nothing of metrics or files.
 */
@NullMarked
package io.github.latentconvergence.internal.kernel;

import org.jspecify.annotations.NullMarked;
