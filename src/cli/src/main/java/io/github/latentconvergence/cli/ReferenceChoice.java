package io.github.latentconvergence.cli;

import io.github.latentconvergence.Reference;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code --reference} asks for.
 *
 * @param own a reference in the trace's own states; empty for one from elsewhere
 */
record ReferenceChoice(Optional<Reference> own) {
    static final ReferenceChoice EXTERNAL = new ReferenceChoice(Optional.empty());

    private static final String EXPECTED = "expected last, previous, tail-mean:F, iteration:K, lowest-residual or external";

    boolean isExternal() {
        return own.isEmpty();
    }

    static ReferenceChoice parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "last" -> of(Reference.last());
            case "previous" -> of(Reference.previous());
            case "tail-mean" -> of(Reference.tailMean());
            case "lowest-residual" -> of(Reference.lowestResidual());
            case "external" -> EXTERNAL;
            default -> of(numbered(text));
        };
    }

    private static Reference numbered(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        String number = text.substring(colon + 1);
        try {
            return switch (name) {
                case "tail-mean" -> Reference.tailMean(Double.parseDouble(number));
                case "iteration" -> Reference.iteration(Long.parseLong(number));
                default -> throw new IllegalArgumentException("unknown reference '" + text + "': " + EXPECTED);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("reference '" + text + "' lacks its number: " + EXPECTED, e);
        }
    }

    private static ReferenceChoice of(Reference reference) {
        return new ReferenceChoice(Optional.of(reference));
    }
}
