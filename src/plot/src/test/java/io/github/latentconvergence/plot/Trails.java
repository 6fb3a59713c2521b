package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.SplittableRandom;

/** Figures of trajectories, and what is asked of all of them. */
final class Trails {
    private Trails() {}

    /** Tokens that spiral towards a place of their own; the same every time. */
    static StateTensor spirals(int iterations, int tokens, int hidden) {
        SplittableRandom random = new SplittableRandom(7);
        double[][][] states = new double[iterations][tokens][hidden];
        for (int i = 0; i < tokens; i++) {
            for (int d = 0; d < hidden; d++) {
                double place = random.nextGaussian();
                double size = random.nextGaussian();
                double phase = random.nextDouble(6.28);
                for (int t = 0; t < iterations; t++) {
                    states[t][i][d] = place + 9 * size * Math.exp(-4.0 * t / iterations) * Math.cos(0.4 * t + phase)
                            + size * Math.cos((0.1 + 0.13 * (d % 5)) * t);
                }
            }
        }
        return Tensors.of(DType.F32, states);
    }

    static <T extends Mark> List<T> marks(Sheet layout, Class<T> kind) {
        return layout.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static List<String> strings(Sheet layout) {
        return marks(layout, Mark.Text.class).stream().map(text -> text.text().characters()).toList();
    }

    static List<Mark.Drawing> drawings(Sheet layout, String name) {
        return marks(layout, Mark.Drawing.class).stream().filter(d -> d.name().equals(name)).toList();
    }

    /** That all is on the page and no text on another or in a frame. */
    static void assertTidy(Sheet layout) {
        Rect page = new Rect(0, 0, layout.width(), layout.height());
        List<Mark.Text> texts = marks(layout, Mark.Text.class);
        List<Rect> bounds = texts.stream().map(Mark.Text::bounds)
                .map(b -> new Rect(b.x() + 0.25, b.y() + 0.25, b.width() - 0.5, b.height() - 0.5)).toList();
        for (int a = 0; a < bounds.size(); a++) {
            assertThat(page.contains(bounds.get(a))).as("%s on the page", texts.get(a)).isTrue();
            for (Mark.Frame frame : marks(layout, Mark.Frame.class)) {
                assertThat(bounds.get(a).overlaps(frame.area())).as("%s in %s", texts.get(a), frame).isFalse();
            }
            for (int b = 0; b < a; b++) {
                assertThat(bounds.get(a).overlaps(bounds.get(b))).as("%s and %s", texts.get(a), texts.get(b)).isFalse();
            }
        }
        for (Mark.Trail trail : marks(layout, Mark.Trail.class)) {
            assertThat(trail.points()).allMatch(p -> page.contains(new Rect(p.x() - 2, p.y() - 2, 4, 4)), "on the page");
        }
    }
}
