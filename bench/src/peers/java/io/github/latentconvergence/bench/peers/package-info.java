/**
 * What others would use for the same job, on the same states: a plain loop, the Vector API, PyTorch, Lucene, JVector. Compiled only under the profile {@code peers}, because
 * their libraries are large.
 */
@NullMarked
package io.github.latentconvergence.bench.peers;

import org.jspecify.annotations.NullMarked;
