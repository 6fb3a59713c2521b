package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaterfallPageTest {
    @TempDir
    Path folder = Path.of("");

    private static List<String> all(String pattern, String html) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(html).results().map(r -> r.group(1)).toList();
    }

    private String written(Waterfall waterfall) throws Exception {
        Path file = folder.resolve("waterfall.html");
        waterfall.write(file);
        return Files.readString(file);
    }

    private static Parsed data(String html) {
        return Parsed.of(all("<script type=\"application/json\" id=\"waterfall-data\">(.*?)</script>", html).getFirst());
    }

    @Test
    void itHoldsTheComponentsOfItsTokens() throws Exception {
        Waterfall waterfall = Waterfall.of(Trails.spirals(20, 7, 8), new int[] {5, 1, 6}, List.of("a", "b", " c", "d", "e", "f", "g"));
        Parsed data = data(written(waterfall));
        assertThat(data.at("indices").list().toString()).isEqualTo("[5, 1, 6]");
        assertThat(data.at("tokens").at(0).at(0).text()).isEqualTo("f");
        assertThat(data.at("iterations").number()).isEqualTo(20);
        assertThat(data.at("titles").at(0).text()).startsWith("PC 1 (");
        for (int component = 0; component < 2; component++) {
            FloatBuffer held = ByteBuffer.wrap(Base64.getDecoder().decode(data.at("coordinates").at(component).text()))
                    .order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            assertThat(held.remaining()).isEqualTo(60);
            for (int n = 0; n < 3; n++) {
                for (int t = 0; t < 20; t++) {
                    assertThat(held.get()).isEqualTo((float) waterfall.components().coordinate(n, t, component));
                }
            }
        }
    }

    @Test
    void whatTheFigureSaysThePageSays() throws Exception {
        String thinned = written(Waterfall.of(Trails.spirals(4, 200, 5), Matrices.words(200)));
        assertThat(data(thinned).at("note").text()).isEqualTo("64 of 200 tokens, evenly spaced");
        assertThat(thinned).contains("<h1>" + Waterfall.TITLE + "</h1>", "<title>" + Waterfall.TITLE + "</title>");
        assertThat(data(written(Waterfall.of(Tensors.of(new double[5][3]), List.of("x")))).at("note").text())
                .isEqualTo("all states are the same");
        assertThat(written(Waterfall.of(Trails.spirals(4, 2, 5), Matrices.words(2)).withTitle(""))).doesNotContain("<h1>");
    }

    @Test
    void thePolicyAllowsOnlyThePagesOwnScriptAndStyleAndTokensStayTexts() throws Exception {
        String html = written(Waterfall.of(Trails.spirals(3, Pages.HOSTILE.size(), 4), Pages.HOSTILE).withTitle("</title><script>{data}"));
        assertThat(all("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", html)).containsExactly(
                "default-src 'none'; script-src '" + hash(all("<script>(.*?)</script>", html).getFirst()) + "'; style-src '"
                        + hash(all("<style>(.*?)</style>", html).getFirst())
                        + "'; img-src data: blob:; base-uri 'none'; form-action 'none'");
        assertThat(html.split("<script", -1)).hasSize(3);
        assertThat(html).doesNotContainPattern("https?:").doesNotContain(" src=", "url(")
                .doesNotContainPattern("<[^>]* (style|on[a-z]+)=").contains("<h1>&lt;/title&gt;&lt;script&gt;{data}</h1>");
        assertThat(all(" id=\"([^\"]*)\"", html)).doesNotHaveDuplicates();
        assertThat(data(html).at("tokens").list()).hasSize(Pages.HOSTILE.size());
    }

    private static String hash(String content) throws Exception {
        return "sha256-" + Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theSameInputGivesTheSamePage() throws Exception {
        assertThat(written(Waterfall.of(Trails.spirals(33, 40, 30), Matrices.words(40))))
                .isEqualTo(written(Waterfall.of(Trails.spirals(33, 40, 30), Matrices.words(40))));
    }
}
