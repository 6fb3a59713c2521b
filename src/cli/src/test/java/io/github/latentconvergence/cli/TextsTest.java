package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;

/** Texts that may hold anything, made fit for a terminal. */
class TextsTest {

    @Test
    void widthIsThatOfTerminals() {
        assertThat(Texts.width("")).isZero();
        assertThat(Texts.width("abc é")).isEqualTo(5);
        assertThat(Texts.width("日本語")).isEqualTo(6);
        assertThat(Texts.width("한국")).isEqualTo(4);
        assertThat(Texts.width("\ud83d\ude00✅")).isEqualTo(4);
        assertThat(Texts.width("e\u0301")).isEqualTo(1);
        assertThat(Texts.width("\uff76")).isEqualTo(1);
    }

    /** Marks are left out: the other table knows fewer of them. */
    @Test
    void noCharacterIsWiderThanThought() {
        for (int c = ' '; c <= Character.MAX_CODE_POINT; c++) {
            String text = Character.toString(c);
            if (Character.isDefined(c) && Texts.oneLine(text).equals(text) && Texts.width(text) > 0) {
                assertThat(Texts.width(text)).as("U+%x", c).isGreaterThanOrEqualTo(WCWidth.wcwidth(c));
            }
        }
    }

    @Test
    void quotedTextIsCutBehindItsQuotes() {
        assertThat(Texts.quoted("abcdef", 8)).isEqualTo("\"abcdef\"");
        assertThat(Texts.quoted("abcdefg", 8)).isEqualTo("\"abc\"...");
        assertThat(Texts.quoted("日本語日本語", 9)).isEqualTo("\"日本\"...");
        assertThat(Texts.quoted("ab\n\n\n", 8)).isEqualTo("\"ab\"...");
        assertThat(Texts.quoted("o" + "\u0301".repeat(1000), 8)).startsWith("\"o\u0301").endsWith("\"...").hasSizeLessThan(50);
    }

    @Test
    void quotedTextIsNeverWiderThanItsRoom() {
        SplittableRandom random = Seeds.random("quoted");
        for (int i = 0; i < 3000; i++) {
            String text = new RandomAnalyses(random).text();
            int room = 5 + random.nextInt(30);
            String quoted = Texts.quoted(text, room);

            assertThat(Texts.width(quoted)).isLessThanOrEqualTo(room);
            assertThat(quoted).satisfiesAnyOf(q -> assertThat(q).isEqualTo(Texts.quoted(text)), q -> assertThat(q).endsWith("\"..."));
        }
    }

    @Test
    void paragraphsAreWrappedBetweenWords() {
        List<String> lines = new Paragraph().text("word ".repeat(60)).whole("\"two  words\"").lines();

        assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(lines.get(0)).isEqualTo("word ".repeat(20).strip());
        assertThat(lines.get(1)).startsWith("  word");
        assertThat(lines.get(3)).endsWith("word \"two  words\"");
    }

    @Test
    void wordsWiderThanALineAreBroken() {
        List<String> lines = new Paragraph().text("a").whole("x".repeat(250)).text("b").lines();

        assertThat(lines).containsExactly("a", "  " + "x".repeat(98), "  " + "x".repeat(98), "  " + "x".repeat(54) + " b");
        assertThat(new Paragraph().text("漢".repeat(60)).lines()).containsExactly("漢".repeat(50), "  " + "漢".repeat(10));
    }

    @Test
    void cellsAreShortAndWhole() {
        assertThat(List.of(Cells.fixed(Double.NaN, 2), Cells.fixed(Double.NEGATIVE_INFINITY, 2), Cells.fixed(-0.375, 2),
                Cells.fixed(1e300, 2), Cells.signed(0, 1), Cells.signed(1e9, 1)))
                .containsExactly("-", "-inf", "-0.38", "1.0e+300", "+0.0", "1.0e+09");
        assertThat(List.of(Cells.scientific(0), Cells.scientific(Double.NaN), Cells.scientific(12345))).containsExactly("0", "-",
                "1.2e+04");
    }
}
