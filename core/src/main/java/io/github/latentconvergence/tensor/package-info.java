/**
 * Off-heap tensors of latent states: a view of memory with an element type, a shape and strides. Depends on nothing above
 * {@code internal.ffm}, which it asks for huge pages.
 */
@NullMarked
package io.github.latentconvergence.tensor;

import org.jspecify.annotations.NullMarked;
