/** The benchmarks, a class for each question. */
@NullMarked
package io.github.latentconvergence.bench.jmh;

import org.jspecify.annotations.NullMarked;
