package io.github.latentconvergence.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ranks tokens by slowness, and finds runs of those that stand out. */
final class Ranking {
    private Ranking() {}

    /** @param means mean log10 distance of each token that takes part, NaN where there is none */
    static List<Slowness> rank(double[] means) {
        double[] finite = Arrays.stream(means).filter(Double::isFinite).toArray();
        double median = Median.of(finite);
        double spread = TheilSen.MAD_TO_SIGMA * Median.of(Arrays.stream(finite).map(m -> Math.abs(m - median)).toArray());
        return Arrays.stream(means).mapToObj(m -> {
            double excess = m - median;
            // Where most tokens agree exactly, any that does not is infinitely far out; the excess alone decides then.
            return new Slowness(m, excess, spread == 0 && excess == 0 ? 0 : excess / spread);
        }).toList();
    }

    /** @param sign 1 for slow bands, -1 for fast ones */
    static List<Band> bands(List<TokenAnalysis> tokens, BandLimits limits, int sign) {
        List<Band> bands = new ArrayList<>();
        for (int n = 0; n < tokens.size(); n++) {
            int start = n;
            // A masked token is not in the list and breaks a band.
            while (n < tokens.size() && standsOut(tokens.get(n).slowness(), limits, sign)
                    && tokens.get(n).index() - tokens.get(start).index() == n - start) {
                n++;
            }
            if (n > start) {
                bands.add(band(tokens.subList(start, n), sign));
                n--;
            }
        }
        return List.copyOf(bands);
    }

    private static boolean standsOut(Slowness slowness, BandLimits limits, int sign) {
        return sign * slowness.z() > limits.z() && sign * slowness.excess() >= limits.excess();
    }

    private static Band band(List<TokenAnalysis> tokens, int sign) {
        Slowness most = tokens.getFirst().slowness();
        for (TokenAnalysis token : tokens) {
            if (sign * token.slowness().excess() > sign * most.excess()) {
                most = token.slowness();
            }
        }
        return new Band(tokens.getFirst().index(), tokens.getLast().index(), tokens.stream().map(TokenAnalysis::text).toList(), most.z(),
                most.excess());
    }
}
