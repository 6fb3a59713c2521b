package io.github.latentconvergence.cli;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Says what a trace holds. */
@Command(name = "info", sortOptions = false, header = "Say what a trace holds: shape, dtype, bytes, tokens, metadata. Reads the header alone, however large the file is.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence info trace.safetensors",
    "  latent-convergence info states.npy --dtype bf16 --tokens tokens.json"})
final class InfoCommand implements Callable<Integer> {
    private static final int TOKENS_SHOWN = 8;
    private static final int VALUE_SHOWN = 200;
    /** Metadata that other lines show. */
    private static final List<String> SHOWN_ABOVE = List.of("tokens");

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Override
    public Integer call() throws IOException {
        try (Trace whole = which.open()) {
            Trace trace = which.batch() == null ? whole : which.sequence(whole);
            facts(trace, Files.size(whole.path())).print(root.console().text());
        }
        return Cli.DONE;
    }

    private static Facts facts(Trace trace, long fileBytes) {
        StateTensor states = trace.states();
        String ofWhich = states.hasBatch() ? " (of sequence 0; choose with --batch)" : "";
        Facts facts = new Facts()
                .add("file", trace.path() + ", " + grouped(fileBytes) + " bytes")
                .add("states", states.shape() + axes(states))
                .add("dtype", states.dtype().label())
                .add("bytes", grouped(states.shape().bytes(states.dtype())))
                .add("tokens", tokens(trace) + ofWhich)
                .add("s_0 recorded", yesNo(trace.hasS0(), "unknown: counts as recorded; say with --has-s0 yes or no"))
                .add("states are", normalized(trace.normalized()))
                .add("mask", trace.mask().map(InfoCommand::padding).orElse("none") + (trace.mask().isPresent() ? ofWhich : ""))
                .add("reference", trace.reference()
                        .map(r -> r.shape() + " " + r.dtype().label() + ", " + normalized(trace.referenceNormalized())).orElse("none"))
                .add("norm_weight", trace.normWeight().map(w -> "[" + w.length + "]").orElse("none: RMSNorm would use ones"))
                .add("logits", trace.logits().map(l -> l.shape() + " " + l.dtype().label()).orElse("none"));
        Map<String, String> metadata = new TreeMap<>(trace.metadata());
        metadata.keySet().removeAll(SHOWN_ABOVE);
        metadata.forEach((key, value) -> facts.add("metadata " + Texts.oneLine(key), Texts.quoted(shortened(value))));
        return facts;
    }

    private static String axes(StateTensor states) {
        return states.hasBatch() ? " (iterations, sequences, tokens, hidden)" : " (iterations, tokens, hidden)";
    }

    private static String tokens(Trace trace) {
        if (!trace.hasTokenTexts()) {
            return grouped(trace.states().tokens()) + " without texts: say them with --tokens";
        }
        List<String> texts = trace.tokens();
        return grouped(texts.size()) + ": " + texts.stream().limit(TOKENS_SHOWN).map(Texts::quoted).collect(Collectors.joining(" "))
                + (texts.size() > TOKENS_SHOWN ? " ..." : "");
    }

    private static String padding(boolean[] mask) {
        int real = 0;
        for (boolean token : mask) {
            real += token ? 1 : 0;
        }
        return real + " of " + mask.length + " tokens are real, " + (mask.length - real) + " are padding";
    }

    private static String yesNo(Optional<Boolean> value, String unknown) {
        return value.map(yes -> yes ? "yes" : "no").orElse(unknown);
    }

    private static String normalized(Optional<Boolean> value) {
        return value.map(yes -> yes ? "normalized" : "raw").orElse("raw or normalized: the file does not say");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String shortened(String value) {
        return value.codePointCount(0, value.length()) <= VALUE_SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, VALUE_SHOWN)) + "...";
    }
}
