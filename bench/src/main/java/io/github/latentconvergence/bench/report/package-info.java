/**
 * What is made of the runs of {@link io.github.latentconvergence.bench.results}: a page and a table for people, and the comparison of two runs. Depends on nothing of the
 * library, and knows no benchmark by name: what is drawn follows from the parameters that results have.
 */
@NullMarked
package io.github.latentconvergence.bench.report;

import org.jspecify.annotations.NullMarked;
