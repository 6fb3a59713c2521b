package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import io.github.latentconvergence.bench.results.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Draws a run as one HTML file that needs nothing else. */
public final class Page {
    private static final Command COMMAND = new Command("usage: page RESULTS.json -o OUT.html", Set.of("-o"), Set.of());

    private Page() {}

    /**
     * Runs the command.
     *
     * @return 0 done; 1 an input or the run failed; 2 wrong usage
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        return COMMAND.run(args, out, err, arguments -> {
            String to = arguments.option("-o");
            if (to == null) {
                throw new WrongUsageException("expected -o and the file to write");
            }
            Run run = Runs.read(Path.of(arguments.file("one file of results")));
            WholeFile.write(Path.of(to), Document.of(run).getBytes(StandardCharsets.UTF_8));
            out.println("wrote " + to);
        });
    }
}
