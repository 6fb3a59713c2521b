/**
 * The command line program. Parses options, opens traces, measures through the library and writes files; computes nothing itself. May depend on the library's exported
 * packages, the figures, picocli, Jackson and the progress bar; nothing depends on it.
 */
@NullMarked
package io.github.latentconvergence.cli;

import org.jspecify.annotations.NullMarked;
