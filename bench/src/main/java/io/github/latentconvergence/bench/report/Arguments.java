package io.github.latentconvergence.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words after a command's name, sorted into files and options. */
record Arguments(List<String> files, Map<String, String> options) {
    /**
     * Sorts them.
     *
     * @param valued options that are followed by a value
     * @param flags options that are not
     */
    static Arguments parse(List<String> words, Set<String> valued, Set<String> flags) throws WrongUsageException {
        List<String> files = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String value = "";
            if (valued.contains(word)) {
                if (++i == words.size()) {
                    throw new WrongUsageException(word + " needs a value");
                }
                value = words.get(i);
            } else if (!flags.contains(word)) {
                if (word.startsWith("-")) {
                    throw new WrongUsageException("there is no option " + word);
                }
                files.add(word);
                continue;
            }
            if (options.put(word, value) != null) {
                throw new WrongUsageException(word + " stands twice");
            }
        }
        return new Arguments(List.copyOf(files), options);
    }

    /** The only file. */
    String file(String what) throws WrongUsageException {
        if (files.size() != 1) {
            throw new WrongUsageException("expected " + what + ", found " + files.size() + " of them");
        }
        return files.getFirst();
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }
}
