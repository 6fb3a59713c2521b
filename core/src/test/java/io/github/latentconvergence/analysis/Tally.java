package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Counts comparisons, those that differ, and those that may because a decision was within rounding of its limit. */
final class Tally {
    private final Map<String, Long> compared = new TreeMap<>();
    private final Map<String, Long> differing = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    /** Once for each kind and place: one choice that could have been another changes a whole row. */
    private final Set<String> excused = new HashSet<>();
    private int places;
    private String where = "";

    /** What is compared from here on. */
    void at(String place) {
        where = place;
        places++;
    }

    /** Discrete results must be equal, except where a decision was close. */
    void same(String what, Object expected, Object found, boolean close) {
        compared.merge(what, 1L, Long::sum);
        if (!Objects.equals(expected, found)) {
            differs(what, expected, found, close);
        }
    }

    /** Continuous results must be as near as {@code error}, an absolute difference; NaN and infinities are what they are. */
    void near(String what, double expected, double found, double error, boolean close) {
        compared.merge(what, 1L, Long::sum);
        boolean same = Double.compare(expected, found) == 0 || Math.abs(expected - found) <= error;
        if (!same) {
            differs(what, expected, found, close);
        }
    }

    void near(String what, OptionalDouble expected, OptionalDouble found, double error, boolean close) {
        near(what, expected.orElse(Double.NaN), found.orElse(Double.NaN), error, close);
    }

    private void differs(String what, Object expected, Object found, boolean close) {
        if (close) {
            excused.add(what + where);
            return;
        }
        if (differing.merge(what, 1L, Long::sum) <= 3) {
            faults.add(what + ": by definition " + expected + ", found " + found + "; " + where);
        }
    }

    /** Prints the counts; nothing may differ, and doubt must be rare. */
    void finish(String name) {
        long all = compared.values().stream().mapToLong(n -> n).sum();
        System.out.println(name + ": " + all + " comparisons of " + compared.keySet().size() + " kinds, " + excused.size()
                + " within rounding of a limit, differing " + differing);
        assertThat(faults).as("differences by kind: %s", differing).isEmpty();
        assertThat(all).isPositive();
        assertThat(excused.size()).as("decisions within rounding").isLessThanOrEqualTo(1 + places * compared.size() / 100);
    }
}
