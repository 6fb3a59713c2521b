/**
 * What a convergence matrix means, said in numbers: when each token settled, how fast, to which floor, in what shape; which tokens stand out; where exit rules would have
 * stopped; and whether two runs of the same tokens come to the same place. Rests on the measurements of the base package and on nothing above them.
 */
@NullMarked
package io.github.latentconvergence.analysis;

import org.jspecify.annotations.NullMarked;
