package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    private static final StyledText NONE = StyledText.EMPTY;

    @Test
    void whitespaceIsVisibleButQuiet() {
        assertThat(TokenText.of(" the")).isEqualTo(NONE.quiet("␣").plain("the"));
        assertThat(TokenText.of("\n")).isEqualTo(NONE.quiet("↵"));
        assertThat(TokenText.of("\t\r")).isEqualTo(NONE.quiet("→\\r"));
        assertThat(TokenText.of("")).isEqualTo(NONE.quiet("(empty)"));
        assertThat(TokenText.of("\u00a0x")).isEqualTo(NONE.quiet("\\u00a0").plain("x"));
    }

    @Test
    void specialTokensAreWritten() {
        assertThat(TokenText.of("<|end_turn|>")).isEqualTo(NONE.plain("<|end_turn|>"));
    }

    @Test
    void whatCannotBeSeenIsEscaped() {
        assertThat(TokenText.of("\u0000\u001b[31m")).isEqualTo(NONE.quiet("\\u0000\\u001b").plain("[31m"));
        assertThat(TokenText.of("\u202egnp")).isEqualTo(NONE.quiet("\\u202e").plain("gnp"));
        assertThat(TokenText.of("\ud83d")).isEqualTo(NONE.quiet("\\ud83d"));
        assertThat(TokenText.of("\udb40\udc01")).isEqualTo(NONE.quiet("\\u{e0001}"));
        assertThat(TokenText.of("a\u200b")).isEqualTo(NONE.plain("a").quiet("\\u200b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"שלום", "مرحبا", "😀", "👩\u200d👧", "日本語", "می\u200cخواهم", "naïve"})
    void scriptsAreLeftAlone(String token) {
        assertThat(TokenText.of(token)).isEqualTo(NONE.plain(token));
    }

    @Test
    void longTokensLoseTheirMiddle() {
        String token = "a".repeat(500) + "b".repeat(500);
        assertThat(TokenText.of(token)).isEqualTo(NONE.plain("a".repeat(20)).quiet("…").plain("b".repeat(20)));
        assertThat(TokenText.of("a".repeat(40))).isEqualTo(NONE.plain("a".repeat(40)));
    }

    @Test
    void noTokenBreaksTheFigure() {
        long seed = 4711;
        Random random = new Random(seed);
        for (int run = 0; run < 10; run++) {
            List<String> tokens = random.ints(20, 0, 12).mapToObj(length -> garbage(random, length)).toList();
            assertThatCode(() -> Heatmap.of(Matrices.plain(Matrices.settling(20, 10)), tokens).withTitle(tokens.get(0)).toImage())
                    .as("seed %d: %s", seed, tokens).doesNotThrowAnyException();
        }
    }

    private static String garbage(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < length; k++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x250));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append((char) (0x2000 + random.nextInt(0x70)));
                default -> text.appendCodePoint(random.nextInt(0x110000));
            }
        }
        return text.toString();
    }
}
