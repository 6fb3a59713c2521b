/**
 * Traces and the files they come from. Files are mapped, never read onto the heap; headers are hostile input and checked completely before anything is opened. Depends
 * on the tensors alone.
 */
@NullMarked
package io.github.latentconvergence.io;

import org.jspecify.annotations.NullMarked;
