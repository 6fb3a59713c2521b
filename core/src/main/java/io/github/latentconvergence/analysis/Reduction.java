package io.github.latentconvergence.analysis;

import java.util.Locale;

/** What an exit rule compares with its threshold. */
public enum Reduction {
    /** Each token's own number: tokens exit one by one. */
    TOKEN,
    /** The mean over all tokens: all exit together, as in Huginn's own code. It hides slow tokens. */
    SEQUENCE;

    /** The name in results: {@code token} or {@code sequence}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
