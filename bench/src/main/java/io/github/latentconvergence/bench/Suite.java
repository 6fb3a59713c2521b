package io.github.latentconvergence.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which benchmarks run with which parameters. Every combination would take hours: of each parameter what matters is varied, the others stay.
 *
 * @param parts run one after the other
 */
record Suite(List<Part> parts) {
    private static final List<String> ALL_TYPES = List.of("bf16", "f16", "f32", "f64");
    /** One that is widened, as models store their states, and one that is not. */
    private static final List<String> TWO_TYPES = List.of("bf16", "f32");
    private static final List<String> L2 = List.of("l2");

    /**
     * Benchmarks that share their parameters.
     *
     * @param include a regular expression, as JMH takes it
     * @param params values for each name; those of other names are the benchmark's own
     * @param iterations of the measurement; empty for the benchmark's own number
     */
    record Part(String include, Map<String, List<String>> params, OptionalInt iterations) {
        Part(String include, Map<String, List<String>> params) {
            this(include, params, OptionalInt.empty());
        }
    }

    /** For tiers that take a second for what the best does in hundredths. */
    private static final OptionalInt FEW = OptionalInt.of(4);

    /**
     * What runs where nothing is said: all metrics and types, in less than ten minutes on two cores.
     *
     * @param tiers as {@link Machine#tiers} gives them
     * @param processors as many as can run at once
     */
    static Suite whole(List<String> tiers, int processors) {
        List<String> threads = threads(processors);
        return new Suite(Stream.of(List.of(
                endToEnd(threads),
                inMemory(tiers, ALL_TYPES, Jobs.METRICS, List.of(all(processors))),
                inCache(tiers, ALL_TYPES, Jobs.METRICS, List.of("L2")),
                inCache(tiers, TWO_TYPES, Jobs.METRICS, List.of("L3")),
                onePass(ALL_TYPES, processors)),
                tierByTier(tiers, processors),
                theRest(threads, processors),
                logits(tiers),
                peers(threads)).flatMap(List::stream).toList());
    }

    /** What the report needs, in less than six minutes: fewer types, and metrics only in memory. */
    static Suite brief(List<String> tiers, int processors) {
        List<String> threads = threads(processors);
        return new Suite(Stream.of(List.of(
                endToEnd(threads),
                inMemory(tiers, TWO_TYPES, Jobs.METRICS, List.of(all(processors))),
                inCache(tiers, TWO_TYPES, L2, List.of("L2")),
                onePass(TWO_TYPES, processors)),
                tierByTier(tiers, processors),
                theRest(threads, processors),
                logits(tiers),
                peers(threads)).flatMap(List::stream).toList());
    }

    /** One thread, and as many as can run at once. */
    static List<String> threads(int processors) {
        return Stream.of("1", all(processors)).distinct().toList();
    }

    private static String all(int processors) {
        return Integer.toString(processors);
    }

    private static Part endToEnd(List<String> threads) {
        return new Part("EndToEnd", Map.of("threads", threads));
    }

    private static Part inMemory(List<String> tiers, List<String> types, List<String> metrics, List<String> threads) {
        return new Part("KernelInMemory", Map.of("tier", List.of(tiers.getLast()), "dtype", types, "metric", metrics, "threads", threads));
    }

    private static Part inCache(List<String> tiers, List<String> types, List<String> metrics, List<String> where) {
        return new Part("KernelInCache", Map.of("tier", List.of(tiers.getLast()), "dtype", types, "metric", metrics, "where", where));
    }

    private static Part onePass(List<String> types, int processors) {
        return new Part("OnePass", Map.of("dtype", types, "threads", List.of(all(processors))));
    }

    /** Tier by tier by one thread, which shows the arithmetic: the best in memory, unless one thread is all there are and it has run so, and the others in both places. */
    private static List<Part> tierByTier(List<String> tiers, int processors) {
        List<Part> parts = new ArrayList<>();
        if (processors > 1) {
            parts.add(inMemory(tiers, TWO_TYPES, L2, List.of("1")));
        }
        List<String> others = tiers.subList(0, tiers.size() - 1);
        if (!others.isEmpty()) {
            parts.add(new Part("KernelInMemory", Map.of("tier", others, "dtype", TWO_TYPES, "metric", L2, "threads", List.of("1")), FEW));
            parts.add(new Part("KernelInCache", Map.of("tier", others, "dtype", TWO_TYPES, "metric", L2, "where", List.of("L2"))));
        }
        return parts;
    }

    private static List<Part> theRest(List<String> threads, int processors) {
        return List.of(
                new Part("Scaling", Map.of("threads", List.of(all(processors)))),
                new Part("MappedFile", Map.of("threads", threads)),
                new Part("Analyze", Map.of("threads", List.of(all(processors)))),
                new Part("Pairs", Map.of("dtype", List.of("f32"), "threads", List.of("1"))),
                new Part("Scatter", Map.of("dtype", List.of("bf16"), "threads", threads)),
                new Part("FileRead|Downcall|Log10|Writers", Map.of()));
    }

    /** The best tier, Java and the obvious loop: the scalar tier would take a quarter of an hour. */
    private static List<Part> logits(List<String> tiers) {
        return List.of(new Part("Logits", Map.of("tier", Stream.of("loop", "java", tiers.getLast()).distinct().toList()), FEW));
    }

    /** Other libraries, which are in the jar only where it was built with the profile of that name. */
    private static List<Part> peers(List<String> threads) {
        return Suite.class.getResource("peers/Peers.class") == null
                ? List.of()
                : List.of(new Part("Peers\\w+", Map.of("threads", threads)));
    }
}
