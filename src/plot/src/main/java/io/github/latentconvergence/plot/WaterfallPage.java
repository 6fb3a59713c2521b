package io.github.latentconvergence.plot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A waterfall to turn around in a browser: alone on a page, or as a part of another. */
record WaterfallPage(PrincipalComponents components, List<String> texts, String note) {
    /** The scripts, which need the {@link #part} and nothing else of the page. */
    static final List<String> PROGRAM = List.of("text.js", "space.js", "trails.js", "turning.js", "waterfall.js");
    static final String STYLE = "waterfall.css";

    private static final int LONGEST_TOKEN = 200;

    /** The whole of a page under a title; an empty one is none. */
    String html(String title) {
        String sentence = TokenText.sentence(title.isEmpty() ? Waterfall.TITLE : title, Integer.MAX_VALUE).characters();
        Html before = new Html();
        if (!title.isEmpty()) {
            before.element("h1", sentence);
        }
        before.markup("<button type=\"button\" id=\"theme\" title=\"Light or dark\">Dark</button>");
        return PageTemplate.fill(new PageFrame(new Html().text(sentence).toString(), "waterfall-page", before.toString(), part(),
                List.of(STYLE), List.of(List.of("theme.js"), PROGRAM)));
    }

    /** Markup of the figure, with its data. */
    String part() {
        return PageTemplate.part("waterfall.html", Map.of("data", JsonText.of(data())));
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("tokens", texts.stream().map(t -> PageText.runs(TokenText.of(t, LONGEST_TOKEN))).toList());
        data.put("indices", components.tokens());
        data.put("iterations", components.iterations());
        data.put("titles", List.of(OrbitMarks.title(components, 0), OrbitMarks.title(components, 1)));
        data.put("axis", Wording.axisTitle());
        data.put("note", components.isConstant() ? "all states are the same" : note);
        data.put("colors", IntStream.range(0, Viridis.SIZE).mapToObj(k -> PageColors.css(Viridis.entry(k)).substring(1))
                .collect(Collectors.joining()));
        data.put("coordinates", List.of(coordinates(0), coordinates(1)));
        return data;
    }

    /** All tokens on a component, one after the other: little-endian float32, base64. */
    private String coordinates(int component) {
        int tokens = components.tokens().size();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4 * tokens, components.iterations())).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < tokens; n++) {
            for (int t = 0; t < components.iterations(); t++) {
                bytes.putFloat((float) components.coordinate(n, t, component));
            }
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
