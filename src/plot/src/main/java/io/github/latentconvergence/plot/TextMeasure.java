package io.github.latentconvergence.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import java.util.List;
import java.util.Map;

/**
 * The fonts of the figures and the size of text in them. The JDK's logical sans-serif font is used: it falls back through the machine's fonts script by script, and a
 * character that none of them has is a box.
 */
final class TextMeasure {
    /** Text that is there to be read. */
    static final Color INK = new Color(0x222222);
    /** Text that stands for something unseen. */
    static final Color PALE = new Color(0xa2a2a2);

    /** The same metrics at every device scale, so that a layout does not depend on it. */
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private TextMeasure() {}

    /** Width of a text in figure units. */
    static double width(StyledText text, double size) {
        return text.isEmpty() ? 0 : layout(text, size).getAdvance();
    }

    /** Height of a line in figure units: the same whatever the text. */
    static double lineHeight(double size) {
        return size * 1.25;
    }

    /** How far a line's baseline is below its middle, so that digits and capitals look centred. */
    static double baseline(double size) {
        return size * 0.36;
    }

    /** A text ready to be drawn. */
    static TextLayout layout(StyledText text, double size) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty text has no layout");
        }
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size);
        AttributedString string = new AttributedString(text.characters());
        string.addAttribute(TextAttribute.FONT, font);
        int from = 0;
        for (StyledText.Run run : text.runs()) {
            int to = from + run.text().length();
            switch (run.style()) {
                case PLAIN -> string.addAttribute(TextAttribute.FOREGROUND, INK, from, to);
                case QUIET -> string.addAttribute(TextAttribute.FOREGROUND, PALE, from, to);
                case RAISED -> {
                    string.addAttribute(TextAttribute.FOREGROUND, INK, from, to);
                    string.addAttribute(TextAttribute.FONT, raised(font), from, to);
                }
            }
            from = to;
        }
        return new TextLayout(string.getIterator(), CONTEXT);
    }

    /** The text with its middle left out until it is at most {@code width} wide. */
    static StyledText fit(String token, double size, double width) {
        StyledText text = TokenText.of(token);
        for (int longest = TokenText.LONGEST - 4; longest >= 4 && width(text, size) > width; longest -= 2) {
            text = TokenText.of(token, longest);
        }
        return text;
    }

    private static Font raised(Font font) {
        return font.deriveFont(Map.of(TextAttribute.SUPERSCRIPT, TextAttribute.SUPERSCRIPT_SUPER));
    }

    /** Width of the widest of several texts. */
    static double widest(List<StyledText> texts, double size) {
        return texts.stream().mapToDouble(t -> width(t, size)).max().orElse(0);
    }
}
