package io.github.latentconvergence.plot;

/** Steps people count in: 1, 2, 5, 10, 20, 50, ... */
final class NiceSteps {
    private NiceSteps() {}

    /** The smallest nice step that is at least {@code least}. */
    static int atLeast(double least) {
        for (long power = 1; power < 1_000_000_000L; power *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                if (digit * power >= least) {
                    return (int) (digit * power);
                }
            }
        }
        return 1_000_000_000;
    }
}
