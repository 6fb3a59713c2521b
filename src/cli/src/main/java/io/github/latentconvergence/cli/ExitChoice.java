package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.ExitRule;
import java.util.Locale;

/** An exit rule and its threshold. */
record ExitChoice(ExitRule rule, double threshold) {
    ExitChoice {
        if (!(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("threshold of " + rule.label() + ": expected a finite number above 0");
        }
        if (rule == ExitRule.ARGMAX_STABILITY && threshold != Math.rint(threshold)) {
            throw new IllegalArgumentException("threshold of " + rule.label() + ": expected a whole number of steps");
        }
    }

    static ExitChoice usual(ExitRule rule) {
        return new ExitChoice(rule, rule.defaultThreshold());
    }

    /** From {@code NAME} or {@code NAME=E}. */
    static ExitChoice parse(String text) {
        int equals = text.indexOf('=');
        ExitRule rule = ExitRule.ofLabel((equals < 0 ? text : text.substring(0, equals)).strip().toLowerCase(Locale.ROOT));
        if (equals < 0) {
            return usual(rule);
        }
        try {
            return new ExitChoice(rule, Double.parseDouble(text.substring(equals + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': expected a number after the equals sign", e);
        }
    }
}
