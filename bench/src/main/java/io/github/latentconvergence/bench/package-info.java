/** Measurements of the library on the machine they run on. */
@NullMarked
package io.github.latentconvergence.bench;

import org.jspecify.annotations.NullMarked;
