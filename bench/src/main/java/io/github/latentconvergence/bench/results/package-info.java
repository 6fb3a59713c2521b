/** What a run of the benchmarks leaves: the numbers and what is needed to read them, as one JSON file. Depends on nothing of the library. */
@NullMarked
package io.github.latentconvergence.bench.results;

import org.jspecify.annotations.NullMarked;
