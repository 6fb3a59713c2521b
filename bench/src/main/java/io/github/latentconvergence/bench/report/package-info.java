/**
 * What is made of the runs of {@link io.github.latentconvergence.bench.results}: a page and a table for people, and the comparison of two runs. Depends on nothing of the
 * library. What is drawn follows from the parameters that results have, not from a list of benchmarks; only several metrics in one pass are known by the name of their class.
 */
@NullMarked
package io.github.latentconvergence.bench.report;

import org.jspecify.annotations.NullMarked;
