/** Tests of the command line program. */
@NullMarked
package io.github.latentconvergence.cli;

import org.jspecify.annotations.NullMarked;
