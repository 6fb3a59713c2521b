package io.github.latentconvergence.plot;

import java.util.SplittableRandom;

/** Where random tests get their numbers: one seed for the whole run, printed once; {@code -Dlatentconvergence.seed=SEED} runs the same numbers again. */
final class Seeds {
    private static final long SEED = Long.getLong("latentconvergence.seed", System.nanoTime());

    static {
        System.out.println("random tests: replay with -Dlatentconvergence.seed=" + SEED);
    }

    private Seeds() {}

    /** The numbers of one test. */
    static SplittableRandom random(String purpose) {
        return new SplittableRandom(SEED ^ 0x9e3779b97f4a7c15L * purpose.hashCode());
    }
}
