package io.github.latentconvergence.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words after {@code report}.
 *
 * @param folder where the results go
 * @param forJmh everything else, as it was
 */
record ReportArguments(Path folder, List<String> forJmh) {
    /** JMH's own option of the same name, a file for what it prints, is not to be had here. */
    private static final String FOLDER = "-o";

    static ReportArguments parse(List<String> words) throws WrongUsage {
        Path folder = Path.of("report");
        List<String> others = new ArrayList<>(words);
        int at = others.indexOf(FOLDER);
        if (at >= 0) {
            if (at + 1 == others.size()) {
                throw new WrongUsage("-o needs a folder");
            }
            folder = Path.of(others.get(at + 1));
            others.subList(at, at + 2).clear();
        }
        if (others.contains(FOLDER)) {
            throw new WrongUsage("-o stands twice: expected one folder");
        }
        return new ReportArguments(folder, List.copyOf(others));
    }
}
