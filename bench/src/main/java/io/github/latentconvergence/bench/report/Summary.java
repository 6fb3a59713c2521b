package io.github.latentconvergence.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What the numbers say, in sentences that say no more than they do. */
final class Summary {
    /** Samples of a result that differ by more than this make its third digit worthless. */
    private static final double NOISY = 0.1;

    private final Picks picks;
    private final List<String> sentences = new ArrayList<>();

    private Summary(Picks picks) {
        this.picks = picks;
    }

    static List<String> of(Picks picks) {
        if (picks.all().isEmpty()) {
            return List.of("This run has no samples: there is nothing to say.");
        }
        Summary summary = new Summary(picks);
        picks.shares().forEach(summary::share);
        summary.threads();
        summary.peers();
        summary.onePass();
        summary.tiers();
        summary.allocation();
        summary.noise();
        picks.environment().notes().forEach(note -> summary.sentences.add("Noted: " + note + "."));
        return List.copyOf(summary.sentences);
    }

    private void share(Panel panel) {
        Figures least = least(panel.figures());
        Figures most = panel.figures().stream().max(Comparator.comparingDouble(Summary::share)).orElseThrow();
        String what = panel.title(Set.of());
        sentences.add(panel.figures().size() == 1
                ? what + " reaches about " + Text.share(share(least)) + " of what plain reads of the same bytes reach."
                : what + " reaches between about " + Text.share(share(least)) + " (" + kind(least) + ") and " + Text.share(share(most))
                        + " (" + kind(most)
                        + ") of what plain reads of the same bytes reach.");
    }

    private void threads() {
        for (Panel panel : picks.shares()) {
            List<Figures> byThreads = panel.figures().stream().filter(f -> f.param("threads").matches("\\d{1,9}"))
                    .sorted(Comparator.comparingInt(f -> Integer.parseInt(f.param("threads")))).toList();
            List<Pair> pairs = pairs(panel, byThreads, of -> new Pair(of.getLast(), of.getFirst()));
            if (!pairs.isEmpty()) {
                sentences.add("With " + pairs.getFirst().of().param("threads") + " threads " + panel.subject() + " is about " + range(pairs)
                        + " times as fast as with "
                        + pairs.getFirst().against().param("threads") + ".");
            }
        }
    }

    private void peers() {
        for (Panel panel : picks.peers()) {
            List<Figures> others = panel.figures().stream().filter(f -> !f.param("library").equals(Picks.OURS)).toList();
            panel.figures().stream().filter(f -> f.param("library").equals(Picks.OURS)).findFirst().ifPresent(ours -> {
                if (!others.isEmpty()) {
                    Figures next = others.getFirst();
                    sentences.add("The fastest of " + others.size() + " peers (" + next.param("library") + ") takes about "
                            + Text.times(next.nanos().middle() / ours.nanos().middle())
                            + " times as long as this library, the slowest (" + others.getLast().param("library") + ") "
                            + Text.times(others.getLast().nanos().middle() / ours.nanos().middle()) + " times; "
                            + panel.title(Set.of("shape")) + ".");
                }
            });
        }
    }

    private void onePass() {
        for (Panel panel : picks.onePass()) {
            List<Figures> passes = panel.figures().stream().filter(f -> f.group().equals(panel.subject())).toList();
            List<Pair> pairs = pairs(panel, fastestFirst(passes), of -> new Pair(of.getFirst(), of.getLast()));
            if (!pairs.isEmpty()) {
                sentences.add(panel.title(Set.of("shape")) + ": " + kinds(pairs, p -> Charts.difference(p.of(), panel)) + " is about "
                        + range(pairs) + " times as fast as "
                        + kinds(pairs, p -> Charts.difference(p.against(), panel)) + besideOne(panel, pairs) + ".");
            }
        }
    }

    private static String besideOne(Panel panel, List<Pair> pairs) {
        List<Pair> besides = pairs.stream()
                .flatMap(pair -> Charts.oneMetric(panel, pair.of()).map(one -> new Pair(one, pair.of())).stream()).toList();
        return besides.isEmpty()
                ? ""
                : ", and takes about " + range(besides) + " times as long as one metric alone (" + kinds(besides, p -> p.of().benchmark())
                        + ")";
    }

    /** Against Java, which runs where nothing else does. */
    private void tiers() {
        for (Panel panel : picks.tiers()) {
            List<Pair> pairs = pairs(panel, fastestFirst(panel.figures()),
                    of -> new Pair(of.getFirst(),
                            of.stream().filter(f -> f.param("tier").equals("java")).findFirst().orElse(of.getLast())));
            if (!pairs.isEmpty()) {
                sentences.add(panel.title(Set.of("shape")) + ": the fastest tier (" + kinds(pairs, p -> p.of().param("tier"))
                        + ") is about " + range(pairs) + " times as fast as "
                        + kinds(pairs, p -> p.against().param("tier")) + ".");
            }
        }
    }

    /** Two results of one dtype, of which the first should be faster. */
    private record Pair(Figures of, Figures against) {
        double times() {
            return against.nanos().middle() / of.nanos().middle();
        }
    }

    /** One pair for each dtype that has two results. */
    private static List<Pair> pairs(Panel panel, List<Figures> ordered, Function<List<Figures>, Pair> choice) {
        return panel.values("dtype").stream().map(dtype -> ordered.stream().filter(f -> f.param("dtype").equals(dtype)).toList())
                .filter(of -> of.size() > 1).map(choice).toList();
    }

    private static List<Figures> fastestFirst(List<Figures> figures) {
        return figures.stream().sorted(Comparator.comparingDouble(f -> f.nanos().middle())).toList();
    }

    private static String range(List<Pair> pairs) {
        Spread times = Spread.of(pairs.stream().mapToDouble(Pair::times));
        String least = Text.times(times.least());
        String most = Text.times(times.most());
        return least.equals(most) ? most : least + " to " + most;
    }

    private static String kinds(List<Pair> pairs, Function<Pair, String> name) {
        return pairs.stream().map(name).distinct().collect(Collectors.joining(" or "));
    }

    private void allocation() {
        List<Double> allocated = picks.all().stream().map(f -> f.result().allocatedBytesPerOp()).filter(a -> a != null).toList();
        if (!allocated.isEmpty()) {
            sentences.add(String.format(Locale.ROOT,
                    "Of %d results whose allocation was measured, %d put less than one byte for each operation on the Java heap.",
                    allocated.size(),
                    allocated.stream().filter(a -> a < 1).count()));
        }
    }

    private void noise() {
        double typical = Spread.of(spans()).middle();
        double worst = spans().max().orElse(0);
        sentences.add(String.format(Locale.ROOT,
                "Noise: the slowest sample of a result takes typically %.0f %% longer than its fastest, at most %.0f %%%s", 100 * typical,
                100 * worst,
                typical > NOISY ? ": differences of that size between two results say nothing." : "."));
        double[] roofs = picks.all().stream().filter(f -> f.share() != null).mapToDouble(Figures::rooflineGigabytesPerSecond).toArray();
        if (roofs.length > 0) {
            Spread spread = Spread.of(DoubleStream.of(roofs));
            sentences.add("Plain reads gave " + Text.number(spread.least()) + " to " + Text.gigabytesPerSecond(spread.most())
                    + " beside different results (threads and sizes differ, and the machine may have been shared): compare shares before times.");
        }
        long few = picks.all().stream().filter(f -> f.result().samples().size() < Interval.FEWEST).count();
        if (few > 0) {
            sentences.add(few + " of " + picks.all().size() + " results have fewer than " + Interval.FEWEST
                    + " samples: how far they can be trusted is unknown.");
        }
    }

    private DoubleStream spans() {
        return picks.all().stream().mapToDouble(f -> f.nanos().most() / f.nanos().least() - 1);
    }

    private static Figures least(List<Figures> figures) {
        return figures.stream().min(Comparator.comparingDouble(Summary::share)).orElseThrow();
    }

    private static double share(Figures f) {
        Spread share = f.share();
        return share == null ? 0 : share.middle();
    }

    private static String kind(Figures f) {
        return f.param("dtype") + ", " + f.param("threads") + (f.param("threads").equals("1") ? " thread" : " threads");
    }
}
