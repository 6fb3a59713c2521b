package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes one file of results from those of several runs of the same sources on the same machine. */
public final class Merge {
    private static final Command COMMAND = new Command("usage: merge RESULTS.json... -o OUT.json", Set.of("-o"), Set.of());

    private Merge() {}

    /**
     * Runs the command.
     *
     * @return 0 done; 1 an input or the run failed; 2 wrong usage
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        return COMMAND.run(args, out, err, arguments -> {
            String to = arguments.option("-o");
            if (to == null || arguments.files().isEmpty()) {
                throw new WrongUsageException("expected files of results and -o with the file to write");
            }
            List<Run> runs = new ArrayList<>();
            for (String file : arguments.files()) {
                runs.add(Runs.read(Path.of(file)));
            }
            Run merged;
            try {
                merged = Runs.merge(runs);
            } catch (IllegalArgumentException e) {
                throw new IOException(String.join(", ", arguments.files()) + ": " + e.getMessage(), e);
            }
            Runs.write(merged, Path.of(to));
            out.println("wrote " + to + ": " + runs.size() + " runs, " + merged.results().size() + " results");
        });
    }
}
