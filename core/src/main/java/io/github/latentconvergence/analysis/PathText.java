package io.github.latentconvergence.analysis;

import static io.github.latentconvergence.analysis.Phrases.capital;
import static io.github.latentconvergence.analysis.Phrases.number;
import static io.github.latentconvergence.analysis.Phrases.verb;

import io.github.latentconvergence.analysis.PathAnalysis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a comparison says, in sentences. */
final class PathText {
    private PathText() {}

    static String of(List<PathAnalysis> paths, int iterations) {
        if (paths.isEmpty()) {
            return "Every token is masked: there is nothing to say.";
        }
        List<String> sentences = new ArrayList<>();
        List<PathAnalysis> same = with(paths, Verdict.INDEPENDENT);
        if (!same.isEmpty()) {
            int first = same.stream().mapToInt(p -> p.reached().orElse(0)).min().orElse(0);
            int last = same.stream().mapToInt(p -> p.reached().orElse(0)).max().orElse(0);
            double[] rates = same.stream().map(PathAnalysis::rate).filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .toArray();
            sentences.add(capital(Phrases.of(same.size(), paths.size())) + " " + verb(same.size(), "is", "are")
                    + " path independent: the distance between the runs falls to the floor of the arithmetic by position "
                    + (first == last ? first : first + " to " + last) + " of " + (iterations - 1)
                    + (rates.length == 0 ? "" : ", at a median rate of " + number(Median.of(rates))) + ".");
        }
        say(sentences, with(paths, Verdict.APPROACHING), paths.size(),
                "still shrinks at the end: more iterations could bring them together");
        say(sentences, with(paths, Verdict.DEPENDENT), paths.size(),
                "has levelled off above the floor, or grows: where they end depends on where they began");
        List<PathAnalysis> open = with(paths, Verdict.UNRESOLVED);
        if (!open.isEmpty()) {
            sentences.add("Of " + Phrases.of(open.size(), paths.size())
                    + " nothing can be said: the runs are too short, or a distance is not a finite number.");
        }
        return String.join(" ", sentences);
    }

    private static List<PathAnalysis> with(List<PathAnalysis> paths, Verdict verdict) {
        return paths.stream().filter(p -> p.verdict() == verdict).toList();
    }

    private static void say(List<String> sentences, List<PathAnalysis> paths, int all, String what) {
        if (!paths.isEmpty()) {
            String named = paths.stream().limit(4).map(p -> p.index() + " " + Phrases.quoted(p.text())).collect(Collectors.joining(", "));
            sentences.add("For " + Phrases.of(paths.size(), all) + " (" + named + (paths.size() > 4 ? ", ..." : "")
                    + ") the distance between the runs " + what + ".");
        }
    }
}
