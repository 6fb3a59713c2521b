package io.github.latentconvergence.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The charts of the page, each with what it shows in words. */
final class Sections {
    private static final String BARS = " A bar is the median of the samples, the thin line goes from the least to the most of them.";

    /**
     * One section.
     *
     * @param id for links
     * @param title of it
     * @param intro what is drawn and how to read it
     * @param absent what to say where there is nothing to draw
     * @param panels what is drawn
     * @param chart draws one panel
     */
    record Section(String id, String title, String intro, String absent, List<Panel> panels, BiConsumer<Panel, Html> chart) {}

    private Sections() {}

    static List<Section> of(Picks picks, Charts charts) {
        return List.of(
                new Section("share", "Share of the roofline by dtype and threads",
                        "The line at 1 is plain reads of the same bytes by as many threads, measured around each sample: 1 means as fast as the machine can read memory."
                                + BARS,
                        "This run has no result with a dtype, threads and plain reads beside it.", picks.shares(),
                        (panel, html) -> charts.shares(panel, "dtype", "threads", html)),
                new Section("metrics", "By metric",
                        "The same share for each metric: those that need more arithmetic for a byte lie lower." + BARS,
                        "This run has no benchmark with several metrics and plain reads beside it.", picks.metrics(),
                        (panel, html) -> charts.shares(panel, "metric", "dtype", html)),
                new Section("peers", "Against peers",
                        "The same job by other libraries in the same run, the fastest first; × is the time in units of this library's. Shorter is faster."
                                + BARS,
                        "This run has no other libraries: they are in the benchmarks that are built with the profile peers.", picks.peers(),
                        charts::peers),
                new Section("scaling", "From 1 MB to beyond the caches",
                        "GB/s of states over their size: level means that time grows as bytes do. Dashed lines are the caches as the system reports them, hollow marks plain reads of the same bytes where memory is the limit.",
                        "This run has no benchmark of four or more sizes.", picks.scaling(), charts::scaling),
                new Section("one-pass", "What one pass gains",
                        "Several metrics in one pass over the states and one after the other, beside one metric alone where it was measured. Shorter is faster."
                                + BARS,
                        "This run has no benchmark of one pass against several.", picks.onePass(), charts::times),
                new Section("tiers", "Tier by tier",
                        "The same computation by each kind of kernel that this machine can run. Longer is faster." + BARS,
                        "This run has no benchmark of several tiers.", picks.tiers(), charts::tiers),
                new Section("rest", "Everything else", "Time of one operation. Shorter is faster." + BARS, "This run has nothing else.",
                        picks.rest(), charts::times));
    }

    static void draw(Section section, Html html) {
        html.open("section", "id", section.id()).leaf("h2", section.title());
        if (section.panels().isEmpty()) {
            html.leaf("p", section.absent(), "class", "absent").close();
            return;
        }
        Map<String, String> common = Panel.common(section.panels());
        html.leaf("p", section.intro() + (common.isEmpty()
                ? ""
                : " In all: " + common.entrySet().stream().map(p -> p.getKey() + " " + p.getValue()).collect(Collectors.joining(", "))
                        + "."));
        html.open("div", "class", "panels");
        Set<String> said = common.keySet();
        for (Panel panel : section.panels()) {
            html.open("figure").leaf("figcaption", panel.title(said));
            section.chart().accept(panel, html);
            html.close();
        }
        html.close().close();
    }
}
