package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** A chart as a reader of its SVG sees it, back in the units of its axes. */
final class Drawn {
    /** Coordinates are written to a hundredth of a unit. */
    static final double ROUNDED = 0.0051;
    private static final Pattern POINT = Pattern.compile("([MLCQ])([^MLCQZ]*)");

    private final Svg svg;
    private final Axes axes;

    private Drawn(Svg svg, Axes axes) {
        this.svg = svg;
        this.axes = axes;
    }

    static Drawn of(Chart chart) {
        try {
            return new Drawn(Svg.of(SvgPainter.paint(chart.layout())), chart.layout().axes());
        } catch (Exception e) {
            throw new AssertionError("not an SVG", e);
        }
    }

    Axes axes() {
        return axes;
    }

    Svg svg() {
        return svg;
    }

    String texts() {
        return String.join(" | ", svg.texts());
    }

    int count(String name) {
        return svg.ofClass(name).size();
    }

    /** The corners of the {@code k}-th shape of a name, in figure units; a curved edge counts with its end. */
    List<double[]> corners(String name, int k) {
        Element path = (Element) svg.ofClass(name).get(k).getElementsByTagName("path").item(0);
        Matcher points = POINT.matcher(path.getAttribute("d"));
        List<double[]> corners = new ArrayList<>();
        while (points.find()) {
            String[] numbers = points.group(2).trim().split(" ", -1);
            corners.add(new double[] {Double.parseDouble(numbers[numbers.length - 2]), Double.parseDouble(numbers[numbers.length - 1])});
        }
        return corners;
    }

    /** The middle of a marker. */
    double[] middle(String name, int k) {
        List<double[]> corners = corners(name, k);
        double left = corners.stream().mapToDouble(c -> c[0]).min().orElseThrow();
        double right = corners.stream().mapToDouble(c -> c[0]).max().orElseThrow();
        double top = corners.stream().mapToDouble(c -> c[1]).min().orElseThrow();
        double bottom = corners.stream().mapToDouble(c -> c[1]).max().orElseThrow();
        return new double[] {(left + right) / 2, (top + bottom) / 2};
    }

    /** The curve goes through these values, and through no others. */
    void goesThrough(String name, int k, double[] xs, double[] ys) {
        List<double[]> corners = corners(name, k);
        int at = 0;
        for (int n = 0; n < ys.length; n++) {
            if (!Double.isNaN(ys[n])) {
                assertThat(Math.abs(corners.get(at)[0] - axes.x(xs[n]))).as("x of %s %d at %d", name, k, n).isLessThan(ROUNDED);
                assertThat(Math.abs(corners.get(at)[1] - axes.y(ys[n]))).as("y of %s %d at %d", name, k, n).isLessThan(ROUNDED);
                at++;
            }
        }
        assertThat(corners).hasSize(at);
    }
}
