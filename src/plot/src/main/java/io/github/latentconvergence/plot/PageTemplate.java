package io.github.latentconvergence.plot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's own parts, put together with the data. */
final class PageTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");
    private static final List<String> HEATMAP = List.of("data.js", "text.js", "cells.js", "figure.js", "overlays.js", "legend.js",
            "curve.js",
            "readout.js",
            "controls.js", "heatmap.js");

    private PageTemplate() {}

    /** A page with the heatmap of this JSON, alone or within a frame. */
    static String fill(String json, PageFrame frame) {
        return document(resource("page.html"), json, frame, Stream.concat(Stream.of(HEATMAP), frame.programs().stream()));
    }

    /** A page of the frame alone. */
    static String fill(PageFrame frame) {
        return document("{before}{after}", "", frame, frame.programs().stream());
    }

    /** A part of a page, from a template of this name. */
    static String part(String template, Map<String, String> values) {
        return filled(resource(template), values);
    }

    private static String document(String body, String json, PageFrame frame, Stream<List<String>> programs) {
        String script = programs.map(PageTemplate::program).collect(Collectors.joining());
        String style = Stream.concat(Stream.of("page.css"), frame.styles().stream()).map(PageTemplate::resource)
                .collect(Collectors.joining());
        return filled(resource("document.html").replace("{body}", body), Map.of("title", frame.title(), "kind", frame.kind(), "policy",
                policy(script, style), "style", style, "before", frame.before(), "after", frame.after(), "data", json, "script", script));
    }

    /** One function, so that nothing of it is visible from outside. */
    private static String program(List<String> scripts) {
        return scripts.stream().map(PageTemplate::resource).collect(Collectors.joining("", "\"use strict\";\n(() => {\n", "})();\n"));
    }

    /** A template with its placeholders filled, once: what looks like one in a value stays what it is. */
    private static String filled(String template, Map<String, String> values) {
        // Large enough at once, for the data can be half a gigabyte.
        StringBuilder page = new StringBuilder(template.length() + values.values().stream().mapToInt(String::length).sum());
        Matcher placeholders = PLACEHOLDER.matcher(template);
        int end = 0;
        while (placeholders.find()) {
            page.append(template, end, placeholders.start()).append(Objects.requireNonNull(values.get(placeholders.group(1))));
            end = placeholders.end();
        }
        return page.append(template, end, template.length()).toString();
    }

    private static String policy(String script, String style) {
        return "default-src 'none'; script-src '" + hash(script) + "'; style-src '" + hash(style)
                + "'; img-src data: blob:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PageTemplate.class.getResourceAsStream("page/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
