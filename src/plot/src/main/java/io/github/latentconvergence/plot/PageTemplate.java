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
        String body = fill("page.html", Map.of("before", frame.before(), "after", frame.after(), "data", json));
        return document(frame, body, Stream.concat(Stream.of(HEATMAP), frame.programs().stream()));
    }

    /** A part of a page, from a template of this name. */
    static String fill(String template, Map<String, String> values) {
        return filled(resource(template), values);
    }

    /** A page of the frame alone. */
    static String fill(PageFrame frame) {
        return document(frame, frame.before() + frame.after(), frame.programs().stream());
    }

    private static String document(PageFrame frame, String body, Stream<List<String>> programs) {
        String script = programs.map(PageTemplate::program).collect(Collectors.joining());
        String style = Stream.concat(Stream.of("page.css"), frame.styles().stream()).map(PageTemplate::resource)
                .collect(Collectors.joining());
        return fill("document.html", Map.of("title", frame.title(), "kind", frame.kind(), "policy", policy(script, style),
                "style", style, "body", body, "script", script));
    }

    /** One function, so that nothing of it is visible from outside. */
    private static String program(List<String> scripts) {
        return scripts.stream().map(PageTemplate::resource).collect(Collectors.joining("", "\"use strict\";\n(() => {\n", "})();\n"));
    }

    /** A template with its placeholders filled, once: what looks like one in a value stays what it is. */
    private static String filled(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(m -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(m.group(1)))));
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
