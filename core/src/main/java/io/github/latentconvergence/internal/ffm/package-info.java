/**
 * The only user of the linker: finds, verifies and loads the native library, and describes what is in it. The bottom layer; depends on nothing.
 */
@NullMarked
package io.github.latentconvergence.internal.ffm;

import org.jspecify.annotations.NullMarked;
