package io.github.latentconvergence.plot;

/** Texts that are centred on something and must stay on the page. */
final class Titles {
    private static final double SMALLEST_SHARE = 0.7;

    private Titles() {}

    /** A text centred on {@code x}, moved, then shrunk, then shortened as far as the page's width asks. */
    static Mark.Text centered(String title, double x, double y, double size, Rect page) {
        StyledText text = TokenText.sentence(title, Integer.MAX_VALUE);
        double fitting = size;
        while (fitting > SMALLEST_SHARE * size && TextMeasure.width(text, fitting) > page.width()) {
            fitting -= 0.5;
        }
        for (int longest = Math.min(title.length(), 400); longest > 4 && TextMeasure.width(text, fitting) > page.width(); longest -= 2) {
            text = TokenText.sentence(title, longest);
        }
        double half = Math.min(TextMeasure.width(text, fitting), page.width()) / 2;
        double inside = Math.max(page.x() + half, Math.min(x, page.right() - half));
        return new Mark.Text(text, inside, y, Mark.Anchor.MIDDLE, fitting, false);
    }
}
