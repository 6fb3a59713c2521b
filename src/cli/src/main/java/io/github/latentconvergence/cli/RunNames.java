package io.github.latentconvergence.cli;

import java.nio.file.Path;

/** What two traces are called on a figure. */
record RunNames(String a, String b) {
    static RunNames parse(String text) {
        int comma = text.indexOf(',');
        RunNames names = new RunNames(text.substring(0, Math.max(comma, 0)).strip(), text.substring(comma + 1).strip());
        if (names.a.isEmpty() || names.b.isEmpty()) {
            throw new IllegalArgumentException("names '" + text + "': expected two with a comma between them, as in 'seed 0,seed 1'");
        }
        return names;
    }

    /** The files' names without what they end with; where these are the same, all of the paths; where those are the same, A and B. */
    static RunNames of(Path a, Path b) {
        RunNames stems = new RunNames(stem(a), stem(b));
        if (!stems.a.equals(stems.b)) {
            return stems;
        }
        return a.equals(b) ? new RunNames("A", "B") : new RunNames(a.toString(), b.toString());
    }

    private static String stem(Path file) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
