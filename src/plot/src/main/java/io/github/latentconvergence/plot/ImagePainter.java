package io.github.latentconvergence.plot;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws marks into an image. Cells, bars, frames and ticks are whole device pixels, never smoothed: a colour in the image is a colour of the scale. */
final class ImagePainter {
    private static final Color LINE = new Color(0x444444);

    private final Graphics2D graphics;
    private final double scale;

    private ImagePainter(Graphics2D graphics, double scale) {
        this.graphics = graphics;
        this.scale = scale;
    }

    /** A picture of a sheet, {@code scale} pixels to the unit, on white. */
    static BufferedImage paint(Sheet layout, double scale) {
        int width = Math.toIntExact(Math.round(layout.width() * scale));
        int height = Math.toIntExact(Math.round(layout.height() * scale));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image);
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            ImagePainter painter = new ImagePainter(graphics, scale);
            layout.marks().forEach(painter::paint);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * Java2D connects to a display that the environment names although an image needs none, and fails with an error if that display is gone, as after a lost remote login.
     * The first attempt gives the one error, later ones the other.
     */
    private static Graphics2D graphics(BufferedImage image) {
        try {
            return image.createGraphics();
        } catch (AWTError | NoClassDefFoundError e) {
            throw new IllegalStateException("Java2D cannot reach the display that DISPLAY names, which a figure does not need:"
                    + " unset DISPLAY or run with -Djava.awt.headless=true", e);
        }
    }

    private void paint(Mark mark) {
        switch (mark) {
            case Mark.Text text -> text(text);
            case Mark.Tick tick -> tick(tick);
            case Mark.Frame frame -> frame(frame);
            case Mark.Arrow arrow -> arrow(arrow);
            case Mark.Fill fill -> fill(fill);
            case Mark.Drawing drawing -> drawing(drawing);
            case Mark.Hatch hatch -> hatch(hatch);
            case Mark.Trail trail -> trail(trail);
            case Mark.Swatch swatch -> {
                CellPainter cells = new CellPainter(graphics, scale);
                cells.paint(swatch.kind(), device(swatch.area().x()), device(swatch.area().y()), device(swatch.area().right()),
                        device(swatch.area().bottom()));
            }
            case Mark.Cells cells -> cells(cells);
            case Mark.Bar bar -> bar(bar);
        }
    }

    private void text(Mark.Text text) {
        if (text.text().isEmpty()) {
            return;
        }
        TextLayout line = TextMeasure.layout(text.text(), text.size());
        Graphics2D own = (Graphics2D) graphics.create();
        own.scale(scale, scale);
        own.translate(text.x(), text.y());
        if (text.upward()) {
            own.rotate(-Math.PI / 2);
        }
        float left = (float) (text.left(line.getAdvance()) - text.x());
        line.draw(own, left, (float) TextMeasure.baseline(text.size()));
        own.dispose();
    }

    private void tick(Mark.Tick tick) {
        int thick = thickness();
        int x = device(tick.x1());
        int y = device(tick.y1());
        graphics.setColor(LINE);
        if (tick.x1() == tick.x2()) {
            graphics.fillRect((int) Math.floor(tick.x1() * scale - (thick - 1) / 2.0), y, thick, device(tick.y2()) - y);
        } else {
            graphics.fillRect(x, (int) Math.floor(tick.y1() * scale - (thick - 1) / 2.0), device(tick.x2()) - x, thick);
        }
    }

    private void frame(Mark.Frame frame) {
        int thick = thickness();
        int left = device(frame.area().x());
        int top = device(frame.area().y());
        int right = device(frame.area().right());
        int bottom = device(frame.area().bottom());
        graphics.setColor(LINE);
        graphics.fillRect(left - thick, top - thick, right - left + 2 * thick, thick);
        graphics.fillRect(left - thick, bottom, right - left + 2 * thick, thick);
        graphics.fillRect(left - thick, top, thick, bottom - top);
        graphics.fillRect(right, top, thick, bottom - top);
    }

    private void arrow(Mark.Arrow arrow) {
        Graphics2D own = inUnits();
        own.setColor(new Color(arrow.color()));
        own.fill(arrow.outline());
        own.setColor(LINE);
        own.setStroke(new BasicStroke(1));
        own.draw(arrow.outline());
        own.dispose();
    }

    private void fill(Mark.Fill fill) {
        Rect area = fill.area();
        graphics.setColor(new Color(fill.color()));
        graphics.fillRect(device(area.x()), device(area.y()), device(area.right()) - device(area.x()),
                device(area.bottom()) - device(area.y()));
    }

    private void drawing(Mark.Drawing drawing) {
        Graphics2D own = inUnits();
        Ink ink = drawing.ink();
        if (ink.under() != Ink.NONE) {
            own.setColor(new Color(ink.under()));
            own.setStroke(stroke(ink.underWidth(), 0, ink.round()));
            own.draw(drawing.path());
        }
        if (ink.fill() != Ink.NONE) {
            own.setColor(new Color(ink.fill()));
            own.fill(drawing.path());
        }
        if (ink.line() != Ink.NONE) {
            own.setColor(new Color(ink.line()));
            own.setStroke(stroke(ink.width(), ink.dash(), ink.round()));
            own.draw(drawing.path());
        }
        own.dispose();
    }

    private void trail(Mark.Trail trail) {
        Graphics2D own = inUnits();
        own.setColor(new Color(trail.edge()));
        own.setStroke(round(trail.width() + 2 * trail.edgeWidth()));
        own.draw(trail.line());
        trail.points().forEach(p -> own.fill(trail.dot(p, trail.edgeWidth())));
        own.setStroke(round(trail.width()));
        for (int n = 1; n < trail.points().size(); n++) {
            own.setColor(new Color(trail.points().get(n).color()));
            own.draw(trail.piece(n));
        }
        for (Mark.Trail.Point point : trail.points()) {
            own.setColor(new Color(point.color()));
            own.fill(trail.dot(point, 0));
        }
        own.dispose();
    }

    private static BasicStroke round(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static BasicStroke stroke(double width, double dash, boolean round) {
        float[] dashes = dash == 0 ? null : new float[] {(float) dash};
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, round ? BasicStroke.JOIN_ROUND : BasicStroke.JOIN_MITER, 10, dashes, 0);
    }

    private void hatch(Mark.Hatch hatch) {
        Graphics2D own = inUnits();
        Path2D areas = new Path2D.Double();
        hatch.areas().forEach(a -> areas.append(new Rectangle2D.Double(a.x(), a.y(), a.width(), a.height()), false));
        own.clip(areas);
        own.setColor(new Color(Mark.Hatch.COLOR));
        own.setStroke(stroke(Mark.Hatch.WIDTH, 0, false));
        Rectangle2D all = areas.getBounds2D();
        double height = all.getHeight();
        double end = all.getMaxX() + all.getMaxY();
        for (double d = Math.floor((all.getX() + all.getY()) / Mark.Hatch.APART) * Mark.Hatch.APART; d < end; d += Mark.Hatch.APART) {
            // A diagonal is where x + y is the same.
            own.draw(new Line2D.Double(d - all.getY(), all.getY(), d - all.getY() - height, all.getY() + height));
        }
        own.dispose();
    }

    /** Smoothed, and drawing in figure units. */
    private Graphics2D inUnits() {
        Graphics2D own = (Graphics2D) graphics.create();
        own.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        own.scale(scale, scale);
        return own;
    }

    private void cells(Mark.Cells cells) {
        CellPainter painter = new CellPainter(graphics, scale);
        int left = device(cells.area().x());
        int top = device(cells.area().y());
        painter.paint(cells.grid(), cells.colors(), left, top, device(cells.area().right()), device(cells.area().bottom()));
    }

    private void bar(Mark.Bar bar) {
        int left = device(bar.area().x());
        int right = device(bar.area().right());
        int top = device(bar.area().y());
        int height = device(bar.area().bottom()) - top;
        ColorScale colors = bar.colors();
        for (int y = 0; y < height; y++) {
            double log = colors.high() - (y + 0.5) / height * (colors.high() - colors.low());
            graphics.setColor(new Color(colors.color(log)));
            graphics.fillRect(left, top + y, right - left, 1);
        }
    }

    private int device(double length) {
        return (int) Math.rint(length * scale);
    }

    private int thickness() {
        return (int) Math.max(1, Math.rint(scale));
    }
}
