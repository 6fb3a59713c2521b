package io.github.latentconvergence;

import java.util.SplittableRandom;

/**
 * Where all random tests get their numbers: one seed for the whole run, printed once. {@code -Dlatentconvergence.seed=SEED} runs the same numbers again, whichever tests run
 * and in whatever order: each draws from a sequence of its own, named by what it is for.
 */
public final class Seeds {
    private static final long SEED = Long.getLong("latentconvergence.seed", System.nanoTime());

    static {
        System.out.println("random tests: replay with -Dlatentconvergence.seed=" + SEED);
    }

    private Seeds() {}

    /** The numbers of one test, or one case of a test. */
    public static SplittableRandom random(String purpose) {
        return from(SEED, purpose);
    }

    /**
     * The same numbers in every run, unless a seed is given: for comparisons by the million with decisions that rounding may turn, and for statistics of noise, of which a new
     * seed may show a tie, or an outlier, that nobody has seen and that is no fault. To look for faults, give seeds.
     */
    public static SplittableRandom settled(String purpose) {
        return from(Long.getLong("latentconvergence.seed", 1), purpose);
    }

    private static SplittableRandom from(long seed, String purpose) {
        return new SplittableRandom(mixed(seed ^ 0x9e3779b97f4a7c15L * purpose.hashCode()));
    }

    /** Without it the sequences of small seeds would be one sequence, shifted: the generator steps by the same constant. */
    private static long mixed(long seed) {
        long mixed = (seed ^ seed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
