package io.github.latentconvergence.bench.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs as JSON files, and several runs as one. */
public final class Runs {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Runs() {}

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws IOException in one sentence with the file's name, what was found and what was expected
     */
    public static Run read(Path file) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        }
        try {
            JsonNode tree = JSON.readTree(content);
            JsonNode schema = tree.path("schema");
            if (!schema.isString() || !schema.stringValue().equals(Run.SCHEMA)) {
                String found = schema.isMissingNode() ? "no schema" : "schema " + schema;
                throw new IOException(file + ": found " + found + ", expected a run of the benchmarks with schema \"" + Run.SCHEMA + "\"");
            }
            Run run = JSON.treeToValue(tree, Run.class);
            Soundness.check(run);
            return run;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new IOException(
                    file + ": expected the JSON of a run of the benchmarks, found" + where + ": " + firstLine(e.getOriginalMessage()), e);
        } catch (UnsoundRunException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a run to a file that is complete or absent.
     *
     * @throws IllegalArgumentException if a number is not finite or makes no sense, or a result stands twice
     */
    public static void write(Run run, Path file) throws IOException {
        try {
            Soundness.check(run);
        } catch (UnsoundRunException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        WholeFile.write(file, (JSON.writeValueAsString(run) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Several runs of the same sources on the same machine as one: the samples of each result one after the other, the forks of each run numbered on from those of the run
     * before. Of what was allocated, the most is kept.
     *
     * @throws IllegalArgumentException if there are none, or two differ in what was measured or on what
     */
    public static Run merge(List<Run> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("there is no run to merge");
        }
        Environment first = runs.getFirst().environment();
        Map<ResultKey, Result> merged = new LinkedHashMap<>();
        Set<String> notes = new LinkedHashSet<>();
        int forks = 0;
        for (Run run : runs) {
            for (Difference difference : Difference.between(first, run.environment())) {
                throw new IllegalArgumentException(
                        "runs to be merged differ in " + difference.name() + ": " + difference.a() + " and " + difference.b());
            }
            notes.addAll(run.environment().notes());
            int next = forks;
            for (Result result : run.results()) {
                Result renumbered = shifted(result, forks);
                merged.merge(ResultKey.of(result), renumbered, Runs::joined);
                next = Math.max(next, 1 + renumbered.samples().stream().mapToInt(Result.Sample::fork).max().orElse(next - 1));
            }
            forks = next;
        }
        if (runs.size() > 1) {
            notes.add("merged from " + runs.size() + " runs, started "
                    + runs.stream().map(run -> run.environment().started()).collect(Collectors.joining(", ")));
        }
        return new Run(first.withNotes(List.copyOf(notes)), List.copyOf(merged.values()));
    }

    private static Result shifted(Result result, int forks) {
        List<Result.Sample> samples = result.samples().stream()
                .map(s -> new Result.Sample(s.nanosPerOp(), s.rooflineBytesPerSecond(), s.fork() + forks))
                .toList();
        return new Result(result.benchmark(), result.params(), result.bytesPerOp(), samples, result.allocatedBytesPerOp());
    }

    private static Result joined(Result a, Result b) {
        if (a.bytesPerOp() != b.bytesPerOp()) {
            throw new IllegalArgumentException(
                    "runs to be merged differ in the bytes of " + ResultKey.of(a) + ": " + a.bytesPerOp() + " and " + b.bytesPerOp());
        }
        List<Result.Sample> samples = new ArrayList<>(a.samples());
        samples.addAll(b.samples());
        return new Result(a.benchmark(), a.params(), a.bytesPerOp(), samples, most(a.allocatedBytesPerOp(), b.allocatedBytesPerOp()));
    }

    private static @Nullable Double most(@Nullable Double a, @Nullable Double b) {
        if (a == null) {
            return b;
        }
        return b == null ? a : Double.valueOf(Math.max(a, b));
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "something else" : message.lines().findFirst().orElse("something else");
    }
}
