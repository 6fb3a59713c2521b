package io.github.latentconvergence.bench.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Horizontal bars with their labels to the left and their values to the right, where neither can overlap anything.
 *
 * @param unit what the axis counts
 * @param reference where a line is drawn across all bars; null for none
 * @param bars from top to bottom
 */
record BarChart(String unit, @Nullable Double reference, List<Bar> bars) {
    private static final double WIDTH = 460;
    private static final double ROW = 19;
    private static final double BAR = 12;
    private static final double BETWEEN_GROUPS = 7;
    private static final double TOP = 6;
    private static final double AXIS = 36;
    /** What fonts need at most for a character of a label, on average. */
    private static final double CHARACTER = 6.7;
    private static final double BOLD_CHARACTER = 7.6;
    private static final int LONGEST_LABEL = 30;

    /**
     * One bar.
     *
     * @param group its first label, written once for neighbours that have the same
     * @param label its second label
     * @param colour place in the style sheet
     * @param value its length, and what the samples span
     * @param text the value in words
     * @param tip more, for who points at it
     */
    record Bar(String group, String label, int colour, Spread value, String text, String tip) {}

    void draw(Html html) {
        double groups = column(Bar::group, BOLD_CHARACTER);
        double labels = bars.stream().map(Bar::label).distinct().count() < 2 ? 0 : column(Bar::label, CHARACTER);
        double left = groups + labels;
        double right = WIDTH - column(Bar::text, CHARACTER);
        double longest = bars.stream().mapToDouble(bar -> bar.value().middle()).max().orElse(1) * 1.08;
        Axis axis = Axis.upTo(reference == null ? longest : Math.max(longest, reference), 6);
        double scale = (right - left) / axis.end();
        double bottom = TOP + ROW * bars.size() + BETWEEN_GROUPS * (newGroups() - 1);
        html.open("svg", "viewBox", "0 0 " + Html.at(WIDTH) + " " + Html.at(bottom + AXIS), "width", Html.at(WIDTH), "height",
                Html.at(bottom + AXIS), "role", "img",
                "aria-label", "Bars: " + unit);
        for (double tick : axis.ticks()) {
            double x = left + tick * scale;
            line(html, "grid", x, TOP, x, bottom);
            html.leaf("text", Text.number(tick), "class", "tick", "x", Html.at(x), "y", Html.at(bottom + 14), "text-anchor", "middle");
        }
        html.leaf("text", unit, "class", "unit", "x", Html.at((left + right) / 2), "y", Html.at(bottom + 30), "text-anchor", "middle");
        double y = TOP;
        String above = null;
        for (Bar bar : bars) {
            boolean starts = !bar.group().equals(above);
            y += starts && above != null ? BETWEEN_GROUPS : 0;
            row(html, bar, starts, y + ROW / 2, new double[] {groups, left, right}, scale, labels > 0);
            above = bar.group();
            y += ROW;
        }
        if (reference != null) {
            line(html, "reference", left + reference * scale, TOP - 4, left + reference * scale, bottom + 3);
        }
        html.close();
    }

    private void row(Html html, Bar bar, boolean starts, double y, double[] columns, double scale, boolean labelled) {
        double left = columns[1];
        double right = columns[2];
        html.open("g", "class", "row").leaf("title", bar.tip());
        html.empty("rect", "class", "hit", "x", "0", "y", Html.at(y - ROW / 2), "width", Html.at(WIDTH), "height", Html.at(ROW));
        if (starts) {
            html.leaf("text", shortened(bar.group()), "class", "group", "x", Html.at(columns[0] - 8), "y", Html.at(y + 4), "text-anchor",
                    "end");
        }
        if (labelled) {
            html.leaf("text", shortened(bar.label()), "class", "label", "x", Html.at(left - 8), "y", Html.at(y + 4), "text-anchor", "end");
        }
        double end = left + bar.value().middle() * scale;
        html.empty("rect", "class", "c" + bar.colour(), "x", Html.at(left), "y", Html.at(y - BAR / 2), "width",
                Html.at(Math.max(0.5, end - left)), "height",
                Html.at(BAR));
        // What lies far outside is cut off: one outlier must not make all bars short.
        line(html, "span", left + bar.value().least() * scale, y, Math.min(right, left + bar.value().most() * scale), y);
        html.leaf("text", bar.text(), "class", "value", "x", Html.at(WIDTH - 1), "y", Html.at(y + 4), "text-anchor", "end");
        html.close();
    }

    private long newGroups() {
        long groups = 0;
        for (int i = 0; i < bars.size(); i++) {
            groups += i == 0 || !bars.get(i).group().equals(bars.get(i - 1).group()) ? 1 : 0;
        }
        return groups;
    }

    private double column(Function<Bar, String> text, double character) {
        return 10 + character * bars.stream().map(text).mapToInt(t -> Math.min(LONGEST_LABEL, t.length())).max().orElse(0);
    }

    /** The whole label is in the tip. */
    private static String shortened(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
    }

    private static void line(Html html, String kind, double x1, double y1, double x2, double y2) {
        html.empty("line", "class", kind, "x1", Html.at(x1), "y1", Html.at(y1), "x2", Html.at(x2), "y2", Html.at(y2));
    }
}
