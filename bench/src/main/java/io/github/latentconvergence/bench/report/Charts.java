package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.bench.results.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Charts of panels.
 *
 * @param colours of the whole run
 * @param environment of the run
 */
record Charts(Colours colours, Environment environment) {
    private static final Pattern CACHE = Pattern.compile("(L\\d\\S*)\\D+(\\d+) ?([KMG])iB");

    /** Shares of the roofline, with a line where plain reads are. */
    void shares(Panel panel, String group, String label, Html html) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Figures f : inGroups(panel, group)) {
            Spread share = f.share();
            if (share != null) {
                bars.add(new BarChart.Bar(f.param(group), named(label, f.param(label)), colours.of("dtype", f.param("dtype")), share,
                        Text.share(share.middle()), tip(f)));
            }
        }
        new BarChart("share of the read roofline", 1.0, bars).draw(html);
    }

    /** Time of each library, and how many times that of this one. */
    void peers(Panel panel, Html html) {
        Optional<Figures> ours = panel.figures().stream().filter(f -> f.param("library").equals(Picks.OURS)).findFirst();
        List<BarChart.Bar> bars = panel.figures().stream()
                .map(f -> new BarChart.Bar(f.param("library"), "", f.param("library").equals(Picks.OURS) ? 0 : 1, millis(f),
                        Text.nanos(f.nanos().middle())
                                + ours.map(our -> " · " + Text.times(f.nanos().middle() / our.nanos().middle()) + "×").orElse(""),
                        tip(f)))
                .toList();
        new BarChart("ms", null, bars).draw(html);
    }

    /** Bandwidth over sizes, and that of plain reads where they were measured. */
    void scaling(Panel panel, Html html) {
        List<LineChart.Line> lines = new ArrayList<>();
        for (String dtype : panel.values("dtype")) {
            List<Figures> of = panel.figures().stream().filter(f -> f.param("dtype").equals(dtype)).toList();
            int colour = colours.of("dtype", dtype);
            lines.add(new LineChart.Line(dtype, colour, false,
                    of.stream().map(f -> new LineChart.Point(f.result().bytesPerOp(), f.gigabytesPerSecond(), tip(f))).toList()));
            List<LineChart.Point> reads = of.stream().filter(f -> f.share() != null).map(f -> new LineChart.Point(f.result().bytesPerOp(),
                    f.rooflineGigabytesPerSecond(),
                    "plain reads beside " + ResultKey.of(f.result()) + ": " + Text.gigabytesPerSecond(f.rooflineGigabytesPerSecond())))
                    .toList();
            if (!reads.isEmpty()) {
                lines.add(new LineChart.Line(dtype, colour, true, reads));
            }
        }
        new LineChart(lines, caches()).draw(html);
    }

    /** Bandwidth, or time where bytes mean nothing, by tier and dtype. */
    void tiers(Panel panel, Html html) {
        boolean bytes = panel.figures().stream().allMatch(f -> f.result().bytesPerOp() > 0);
        List<BarChart.Bar> bars = inGroups(panel, "tier").stream()
                .map(f -> new BarChart.Bar(f.param("tier"), f.param("dtype"), colours.of("dtype", f.param("dtype")),
                        bytes ? bandwidth(f) : f.nanos(), bytes ? Text.number(f.gigabytesPerSecond()) : Text.nanos(f.nanos().middle()),
                        tip(f)))
                .toList();
        new BarChart(bytes ? "GB/s" : "ns", null, bars).draw(html);
    }

    /** Time, by dtype where there are several, and whatever else differs. */
    void times(Panel panel, Html html) {
        boolean dtypes = panel.distinct("dtype") > 1;
        List<BarChart.Bar> bars = new ArrayList<>();
        double most = panel.figures().stream().mapToDouble(f -> f.nanos().middle()).max().orElse(1);
        for (Figures f : dtypes ? inGroups(panel, "dtype") : panel.figures()) {
            String label = difference(f, panel);
            bars.add(
                    new BarChart.Bar(dtypes ? f.param("dtype") : label, dtypes ? label : "",
                            dtypes ? colours.of("dtype", f.param("dtype")) : 0, most < 1e4 ? f.nanos() : millis(f),
                            Text.nanos(f.nanos().middle())
                                    + (f.result().bytesPerOp() > 0 ? " · " + Text.gigabytesPerSecond(f.gigabytesPerSecond()) : ""),
                            tip(f)));
        }
        new BarChart(most < 1e4 ? "ns" : "ms", null, bars).draw(html);
    }

    /** Of a panel of passes: the same states with one metric alone. */
    static Optional<Figures> oneMetric(Panel panel, Figures pass) {
        return panel.figures().stream().filter(f -> !f.group().equals(panel.subject()) && f.param("dtype").equals(pass.param("dtype")))
                .findFirst();
    }

    /** What tells a result from the others of its panel, other than its dtype. */
    static String difference(Figures f, Panel panel) {
        Stream<String> method = panel.figures().stream().map(Figures::method).distinct().count() > 1 || panel.figures().size() == 1
                ? Stream.of(f.method())
                : Stream.of();
        Stream<String> params = f.result().params().entrySet().stream()
                .filter(p -> !panel.params().containsKey(p.getKey()) && !p.getKey().equals("dtype"))
                .map(p -> named(p.getKey(), p.getValue()));
        return Stream.concat(method, params).collect(Collectors.joining(" "));
    }

    /** Everything that a bar or a mark stands for. */
    static String tip(Figures f) {
        String tip = ResultKey.of(f.result()) + ": " + Text.nanos(f.nanos().middle()) + " (" + Text.nanos(f.nanos().least()) + " to "
                + Text.nanos(f.nanos().most()) + ", "
                + f.result().samples().size() + " samples)";
        if (f.result().bytesPerOp() > 0) {
            tip += ", " + Text.gigabytesPerSecond(f.gigabytesPerSecond());
        }
        Spread share = f.share();
        return share == null
                ? tip
                : tip + ", " + Text.share(share.middle()) + " of the read roofline (" + Text.share(share.least()) + " to "
                        + Text.share(share.most()) + ")";
    }

    private Map<String, Double> caches() {
        Map<String, Double> caches = new LinkedHashMap<>();
        for (String cache : environment.caches()) {
            Matcher matcher = CACHE.matcher(cache);
            if (matcher.find()) {
                caches.put(matcher.group(), Double.parseDouble(matcher.group(2)) * (1L << (10 * ("KMG".indexOf(matcher.group(3)) + 1))));
            }
        }
        return caches;
    }

    private static List<Figures> inGroups(Panel panel, String param) {
        return panel.values(param).stream().flatMap(value -> panel.figures().stream().filter(f -> f.param(param).equals(value))).toList();
    }

    /** A number alone says nothing. */
    private static String named(String param, String value) {
        if (!param.equals("threads")) {
            return value.matches("[\\d.]+") ? param + " " + value : value;
        }
        return value + (value.equals("1") ? " thread" : " threads");
    }

    private static Spread millis(Figures f) {
        return new Spread(f.nanos().least() / 1e6, f.nanos().middle() / 1e6, f.nanos().most() / 1e6);
    }

    private static Spread bandwidth(Figures f) {
        double bytes = f.result().bytesPerOp();
        return new Spread(bytes / f.nanos().most(), f.gigabytesPerSecond(), bytes / f.nanos().least());
    }
}
