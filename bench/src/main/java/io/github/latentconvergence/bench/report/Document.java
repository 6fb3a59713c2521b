package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.bench.results.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The page of one run: one file that needs nothing else, runs no script and may load nothing. Its policy admits only its own style sheet, by digest, so that even markup that slipped in
 * could do nothing.
 */
final class Document {
    private static final List<String> HOW_TO_READ = List.of(
            "A sample is the mean time of one operation over one iteration of the benchmark. Times, GB/s and shares are medians of samples.",
            "The read roofline is what plain streaming reads of the same memory by as many threads reach, measured right before and after each sample. A share is a sample's own bytes per second by that; it may pass 1, as plain reads vary too.",
            "Where states are in a cache, or the work is not reading, a share of the roofline means nothing and is left out.",
            "GB/s are 10⁹ bytes a second that operations read, or write where they write. What is read twice counts twice.",
            "A machine that is shared slows and speeds up by tens of per cent from minute to minute. Numbers of one run can be held against each other, shares rather than times; for two versions of the sources measure both in turns (bench/compare-commits).",
            "Point at a bar or a mark for all of its numbers. All results are in the table at the end.");

    private Document() {}

    static String of(Run run) {
        Picks picks = new Picks(Figures.of(run), run.environment());
        List<Sections.Section> sections = Sections.of(picks, new Charts(new Colours(picks.all()), run.environment()));
        String style = style();
        Html html = new Html();
        html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content",
                "default-src 'none'; style-src 'sha256-" + digest(style) + "'; base-uri 'none'; form-action 'none'");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("title", "Benchmarks of latent-convergence on " + run.environment().cpu());
        html.open("style").raw(style).close().close().open("body");
        html.open("header").leaf("h1", "Benchmarks of latent-convergence");
        html.leaf("p", run.environment().cpu() + ", " + run.environment().backend() + ", " + run.environment().started());
        html.open("nav");
        html.leaf("a", "In words", "href", "#words");
        sections.forEach(section -> html.leaf("a", section.title(), "href", "#" + section.id()));
        html.leaf("a", "How to read it", "href", "#how").leaf("a", "Environment", "href", "#environment")
                .leaf("a", "All results", "href", "#all").close().close();
        html.open("main");
        list(html, "words", "In words", Summary.of(picks));
        sections.forEach(section -> Sections.draw(section, html));
        list(html, "how", "How to read it", HOW_TO_READ);
        environment(html, run.environment());
        ResultsTable.draw(run, html);
        return html.close().close().close().raw("\n").toString();
    }

    private static void list(Html html, String id, String title, List<String> sentences) {
        html.open("section", "id", id).leaf("h2", title).open("ul", "class", "sentences");
        sentences.forEach(sentence -> html.leaf("li", sentence));
        html.close().close();
    }

    private static void environment(Html html, Environment e) {
        html.open("section", "id", "environment").leaf("h2", "Environment").open("dl");
        fact(html, "Processor", e.cpu() + ", " + e.processors() + (e.processors() == 1 ? " processor" : " processors") + " for the JVM");
        fact(html, "Caches of one core", String.join(", ", e.caches()));
        fact(html, "Memory", Text.number(e.memoryBytes() / (double) (1L << 30)) + " GiB, huge pages: " + e.hugePages());
        fact(html, "Chosen backend", e.backend() + "; tiers this machine can run: " + String.join(", ", e.tiers()));
        fact(html, "System", e.kernel());
        fact(html, "JDK", e.jdk());
        fact(html, "JVM flags", e.jvmFlags().isEmpty() ? "none" : String.join(" ", e.jvmFlags()));
        fact(html, "Compiler of the kernels", e.compiler());
        fact(html, "Sources",
                Objects.requireNonNullElse(e.commit(), "commit unknown") + (e.dirty() ? ", with changes that are not committed" : ""));
        fact(html, "Started", e.started());
        fact(html, "Command", e.command());
        fact(html, "Notes", e.notes().isEmpty() ? "none" : String.join("; ", e.notes()));
        html.close().close();
    }

    private static void fact(Html html, String name, String value) {
        html.leaf("dt", name).leaf("dd", value);
    }

    private static String style() {
        try (InputStream in = Document.class.getResourceAsStream("page.css")) {
            return new String(Objects.requireNonNull(in, "page.css is not on the class path").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String style) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
