package io.github.latentconvergence.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bandwidth over sizes on a logarithmic axis.
 *
 * @param lines from least to most
 * @param caches bytes of each, by name
 */
record LineChart(List<Line> lines, Map<String, Double> caches) {
    private static final double WIDTH = 460;
    private static final double HEIGHT = 300;
    private static final double LEFT = 40;
    private static final double RIGHT = 396;
    private static final double TOP = 30;
    private static final double BOTTOM = 256;
    private static final double BETWEEN_LABELS = 14;
    /** Room beside the smallest and the largest size, so that a tick or a cache beside them is shown. */
    private static final double MARGIN = 1.2;

    /** One line; {@code hollow} for what others are held against. */
    record Line(String label, int colour, boolean hollow, List<Point> points) {}

    /** One mark. */
    record Point(double bytes, double value, String tip) {}

    void draw(Html html) {
        List<Point> points = lines.stream().flatMap(line -> line.points().stream()).toList();
        double least = points.stream().mapToDouble(Point::bytes).min().orElse(1) / MARGIN;
        double most = points.stream().mapToDouble(Point::bytes).max().orElse(10) * MARGIN;
        Axis axis = Axis.upTo(points.stream().mapToDouble(Point::value).max().orElse(1) * 1.05, 5);
        html.open("svg", "viewBox", "0 0 " + Html.at(WIDTH) + " " + Html.at(HEIGHT), "width", Html.at(WIDTH), "height", Html.at(HEIGHT),
                "role", "img", "aria-label",
                "Lines: GB/s over bytes");
        for (double tick : axis.ticks()) {
            segment(html, "grid", LEFT, y(tick, axis), RIGHT, y(tick, axis));
            html.leaf("text", Text.number(tick), "class", "tick", "x", Html.at(LEFT - 6), "y", Html.at(y(tick, axis) + 4), "text-anchor",
                    "end");
        }
        html.leaf("text", "GB/s", "class", "unit", "x", "2", "y", "12");
        sizes(html, least, most);
        double shownAt = LEFT - 100;
        for (Map.Entry<String, Double> cache : caches.entrySet()) {
            if (cache.getValue() > least && cache.getValue() < most) {
                double x = x(cache.getValue(), least, most);
                segment(html, "reference", x, TOP - 6, x, BOTTOM);
                // A label that would lie on its neighbour's goes a line up.
                html.leaf("text", cache.getKey(), "class", "tick", "x", Html.at(Math.max(x, LEFT + 46)), "y",
                        Html.at(x - shownAt < 80 ? TOP - 19 : TOP - 9),
                        "text-anchor", "middle");
                shownAt = x;
            }
        }
        for (Line line : lines) {
            draw(html, line, axis, least, most);
        }
        labels(html, axis);
        html.close();
    }

    private static void sizes(Html html, double least, double most) {
        for (double power = Math.pow(10, Math.floor(Math.log10(least))); power <= most; power *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                double size = digit * power;
                if (size >= least && size <= most) {
                    double x = x(size, least, most);
                    segment(html, digit == 1 ? "grid" : "minor", x, digit == 1 ? TOP : BOTTOM, x, BOTTOM + 4);
                    if (digit == 1 || most < 30 * least) {
                        html.leaf("text", Text.bytes(size), "class", "tick", "x", Html.at(x), "y", Html.at(BOTTOM + 17), "text-anchor",
                                "middle");
                    }
                }
            }
        }
        html.leaf("text", "bytes of states read by one operation", "class", "unit", "x", Html.at((LEFT + RIGHT) / 2), "y",
                Html.at(HEIGHT - 8), "text-anchor", "middle");
    }

    private static void draw(Html html, Line line, Axis axis, double least, double most) {
        String path = line.points().stream().map(p -> Html.at(x(p.bytes(), least, most)) + "," + Html.at(y(p.value(), axis)))
                .collect(Collectors.joining(" "));
        html.empty("polyline", "class", "line s" + line.colour() + (line.hollow() ? " against" : ""), "points", path);
        for (Point point : line.points()) {
            html.open("g", "class", "row").leaf("title", point.tip());
            html.empty("circle", "class", "hit", "cx", Html.at(x(point.bytes(), least, most)), "cy", Html.at(y(point.value(), axis)), "r",
                    "10");
            html.empty("path", "class", line.hollow() ? "hollow s" + line.colour() : "c" + line.colour(), "d",
                    mark(line.colour(), x(point.bytes(), least, most), y(point.value(), axis)));
            html.close();
        }
    }

    /** At the right ends, pushed apart so that each can be read. */
    private void labels(Html html, Axis axis) {
        double above = TOP - BETWEEN_LABELS;
        List<Line> fromTop = lines.stream().filter(line -> !line.hollow())
                .sorted(Comparator.comparingDouble((Line line) -> -line.points().getLast().value())).toList();
        for (Line line : fromTop) {
            above = Math.max(above + BETWEEN_LABELS, y(line.points().getLast().value(), axis) + 4);
            html.leaf("text", line.label(), "class", "t" + line.colour(), "x", Html.at(RIGHT + 8), "y", Html.at(above));
        }
    }

    /** A shape for each colour, so that colour is not the only sign. */
    private static String mark(int shape, double x, double y) {
        String start = "M" + Html.at(x) + " " + Html.at(y);
        return start + switch (shape % 4) {
            case 0 -> "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
            case 1 -> "m-3.5 -3.5h7v7h-7z";
            case 2 -> "m0 -4.5l4.5 8h-9z";
            default -> "m0 -5l5 5l-5 5l-5 -5z";
        };
    }

    private static double x(double bytes, double least, double most) {
        return LEFT + (RIGHT - LEFT) * Math.log(bytes / least) / Math.log(most / least);
    }

    private static double y(double value, Axis axis) {
        return BOTTOM - (BOTTOM - TOP) * value / axis.end();
    }

    private static void segment(Html html, String kind, double x1, double y1, double x2, double y2) {
        html.empty("line", "class", kind, "x1", Html.at(x1), "y1", Html.at(y1), "x2", Html.at(x2), "y2", Html.at(y2));
    }
}
