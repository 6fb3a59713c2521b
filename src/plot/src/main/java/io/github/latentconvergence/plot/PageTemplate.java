package io.github.latentconvergence.plot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's own parts, put together with the data. */
final class PageTemplate {
    private static final List<String> SCRIPTS = List.of("data.js", "text.js", "cells.js", "figure.js", "overlays.js", "legend.js",
            "curve.js",
            "readout.js",
            "controls.js", "heatmap.js");

    private PageTemplate() {}

    /** The page that holds this JSON, alone or within a frame. */
    static String fill(String json, PageFrame frame) {
        // One function, so that nothing of it is visible from outside.
        String script = SCRIPTS.stream().map(PageTemplate::resource)
                .collect(Collectors.joining("", "\"use strict\";\n(() => {\n", "})();\n"));
        String style = Stream.concat(Stream.of("page.css"), frame.styles().stream()).map(PageTemplate::resource)
                .collect(Collectors.joining());
        // The data goes in last: what looks like a placeholder there stays data.
        return resource("page.html").replace("{title}", frame.title()).replace("{kind}", frame.kind()).replace("{before}", frame.before())
                .replace("{after}", frame.after()).replace("{policy}", policy(script, style)).replace("{style}", style)
                .replace("{script}", script)
                .replace("{data}", json);
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
