package io.github.latentconvergence.bench;

import io.github.latentconvergence.bench.report.Compare;
import io.github.latentconvergence.bench.report.Merge;
import io.github.latentconvergence.bench.report.Page;
import io.github.latentconvergence.bench.report.Table;
import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** What the runnable jar does, by the first word; everything that is no command of ours is JMH's. */
public final class Commands {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private static final String NOTHING_MEASURED = "nothing was measured: -l lists the benchmarks";

    private static final String USAGE = """
            java -jar benchmarks.jar                       all benchmarks, in about ten minutes
            java -jar benchmarks.jar JMH-OPTIONS           some of them, for example EndToEnd -p dtype=bf16; the options follow
            java -jar benchmarks.jar report [-o FOLDER] [JMH-OPTIONS]
                                                           the short suite, or some benchmarks: results.json and report.html in FOLDER (default: report)
            java -jar benchmarks.jar page RESULTS.json -o OUT.html
            java -jar benchmarks.jar table RESULTS.json [--in README.md]
            java -jar benchmarks.jar compare A.json B.json [--json OUT]
            java -jar benchmarks.jar merge RESULTS.json... -o OUT.json
            java -jar benchmarks.jar share [ITERATIONS TOKENS HIDDEN [ROUNDS]]
                                                           matrices and plain reads in turns, round by round
            java -jar benchmarks.jar cuda [ITERATIONS TOKENS HIDDEN [ROUNDS]]
                                                           matrices on a CUDA device, beside plain copies and the processors
            """;

    private final PrintStream out;
    private final PrintStream err;

    Commands(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Entered by name from {@link Main}. */
    public static void main(String[] args) {
        System.exit(new Commands(System.out, System.err).run(Arrays.asList(args)));
    }

    /** Returns the exit code. */
    int run(List<String> words) {
        try {
            if (words.isEmpty()) {
                return suite();
            }
            List<String> rest = words.subList(1, words.size());
            return switch (words.getFirst()) {
                case "report" -> report(words, rest);
                case "page" -> Page.run(rest, out, err);
                case "table" -> Table.run(rest, out, err);
                case "compare" -> Compare.run(rest, out, err);
                case "merge" -> Merge.run(rest, out, err);
                case "share" -> share(rest);
                case "cuda" -> cuda(rest);
                default -> jmh(words);
            };
        } catch (CommandLineOptionException | WrongUsage wrong) {
            err.println(wrong.getMessage());
            return WRONG_USAGE;
        } catch (NoBenchmarksException none) {
            err.println(NOTHING_MEASURED);
            return FAILED;
        } catch (IOException | RunnerException failure) {
            err.println(failure.getMessage());
            return FAILED;
        }
    }

    private int suite() throws RunnerException {
        Jmh jmh = new Jmh(out);
        jmh.run(Suite.whole(Machine.tiers(), Machine.processors()));
        return ended(jmh);
    }

    private int jmh(List<String> words) throws IOException, RunnerException, CommandLineOptionException {
        CommandLineOptions options = new CommandLineOptions(words.toArray(String[]::new));
        if (options.shouldHelp()) {
            out.println(USAGE);
        }
        if (Jmh.answers(options)) {
            return DONE;
        }
        Jmh jmh = new Jmh(out);
        jmh.run(options);
        return ended(jmh);
    }

    private int report(List<String> words, List<String> rest) throws IOException, RunnerException, CommandLineOptionException, WrongUsage {
        ReportArguments arguments = ReportArguments.parse(rest);
        Instant started = Instant.now();
        MachineLoad load = MachineLoad.start();
        Files.createDirectories(arguments.folder());
        Jmh jmh = new Jmh(out);
        if (arguments.forJmh().isEmpty()) {
            jmh.run(Suite.brief(Machine.tiers(), Machine.processors()));
        } else {
            jmh.run(new CommandLineOptions(arguments.forJmh().toArray(String[]::new)));
        }
        if (jmh.results().isEmpty()) {
            return ended(jmh);
        }
        Path results = arguments.folder().resolve("results.json");
        write(new Run(Environments.here(started, words, jmh.jvmFlags(), load.notes()), jmh.results()), results);
        out.println("wrote " + results);
        int page = Page.run(List.of(results.toString(), "-o", arguments.folder().resolve("report.html").toString()), out, err);
        return Math.max(page, ended(jmh));
    }

    private static void write(Run run, Path file) throws IOException {
        try {
            Runs.write(run, file);
        } catch (IllegalArgumentException unsound) { // such as the same benchmark in two modes of JMH
            throw new IOException("the results cannot be kept in " + file + ": " + unsound.getMessage(), unsound);
        }
    }

    private int ended(Jmh jmh) {
        if (jmh.results().isEmpty()) {
            err.println(NOTHING_MEASURED);
            return FAILED;
        }
        jmh.failed().forEach(name -> err.println("failed: " + name));
        return jmh.failed().isEmpty() ? DONE : FAILED;
    }

    private int share(List<String> rest) throws WrongUsage {
        checkShape("share", rest);
        RooflineShare.main(rest.toArray(String[]::new));
        return DONE;
    }

    private int cuda(List<String> rest) throws WrongUsage {
        checkShape("cuda", rest);
        CudaShare.run(out, rest);
        return DONE;
    }

    private static void checkShape(String command, List<String> rest) throws WrongUsage {
        if ((rest.size() != 0 && rest.size() != 3 && rest.size() != 4) || !rest.stream().allMatch(n -> n.matches("[1-9][0-9]{0,8}"))) {
            throw new WrongUsage(command + " takes nothing, or 3 or 4 numbers above 0: ITERATIONS TOKENS HIDDEN [ROUNDS]; found " + rest);
        }
    }
}
