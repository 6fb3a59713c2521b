/**
 * Traces and the files they come from. Files are mapped, never read onto the heap; headers are hostile input and checked completely before anything is opened. Depends
 * on the tensors, and on {@code internal.ffm} for the memory that compressed arrays are inflated to.
 */
@NullMarked
package io.github.latentconvergence.io;

import org.jspecify.annotations.NullMarked;
