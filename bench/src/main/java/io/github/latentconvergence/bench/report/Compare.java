package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import io.github.latentconvergence.bench.results.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Says of every result that two runs have in common whether the second is faster, slower or the same. */
public final class Compare {
    private static final Command COMMAND = new Command("""
            usage: compare A.json B.json [--in-turns] [--same PERCENT] [--json OUT]
              --in-turns      the JVMs of A and B took turns: each of B is compared with its neighbour of A
              --same PERCENT  how little counts as the same (3)
              --json OUT      also writes the comparison as JSON""", Set.of("--same", "--json"), Set.of("--in-turns"));

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING).build();

    private Compare() {}

    /**
     * Runs the command.
     *
     * @return 0 done, whatever the comparison says; 1 an input or the run failed; 2 wrong usage
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        return COMMAND.run(args, out, err, arguments -> {
            if (arguments.files().size() != 2) {
                throw new WrongUsageException("expected two files of results, found " + arguments.files().size());
            }
            double margin = margin(Objects.requireNonNullElse(arguments.option("--same"), "3"));
            Run a = Runs.read(Path.of(arguments.files().getFirst()));
            Run b = Runs.read(Path.of(arguments.files().getLast()));
            ComparedRuns compared = ComparedRuns.of(a, b, margin, arguments.has("--in-turns"));
            if (compared.comparisons().isEmpty()) {
                throw new IOException(String.join(" and ", arguments.files()) + " have no result in common: there is nothing to compare");
            }
            out.println("A  " + arguments.files().getFirst() + ", started " + a.environment().started());
            out.println("B  " + arguments.files().getLast() + ", started " + b.environment().started());
            ComparisonText.print(compared, out);
            String json = arguments.option("--json");
            if (json != null) {
                WholeFile.write(Path.of(json), (JSON.writeValueAsString(compared) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static double margin(String percent) throws WrongUsageException {
        try {
            double margin = Double.parseDouble(percent) / 100;
            if (margin > 0 && margin < 1) {
                return margin;
            }
        } catch (NumberFormatException e) {
            // Said below, as for other numbers that make no sense.
        }
        throw new WrongUsageException("--same: found " + percent + ", expected per cent above 0 and below 100");
    }
}
