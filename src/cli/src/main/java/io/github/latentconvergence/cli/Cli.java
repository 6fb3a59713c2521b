package io.github.latentconvergence.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program, as a function from arguments to an exit code. */
public final class Cli {
    /** What was asked for is done. */
    static final int DONE = 0;
    /** The input or the run failed. */
    static final int FAILED = 1;
    /** The arguments make no sense. */
    static final int WRONG_USAGE = 2;

    private Cli() {}

    /** Runs in a process of its own; called by {@link Main}. */
    public static void main(String[] args) {
        prepareFigures();
        System.exit(run(args, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err)));
    }

    /** Settings of the JDK's own drawing, to be made before it is first used; for programs, not for libraries. */
    static void prepareFigures() {
        // Figures go to files: no display is needed, and one that cannot be reached must not matter.
        System.setProperty("java.awt.headless", "true");
        // Text is shaped by the same library either way, but linking it through JNI rather than FFM starts 0.4 s earlier. Unknown to a JDK, it does nothing.
        System.setProperty("sun.font.layout.ffm", "false");
    }

    /**
     * Runs a command. Never exits the process and never throws: what went wrong is one line on {@code err} and the exit code.
     *
     * @return 0 done; 1 the input or the run failed; 2 wrong usage
     */
    public static int run(String[] args, OutputStream out, OutputStream err) {
        StandardOutput standardOutput = new StandardOutput(out);
        Console console = new Console(standardOutput, new PrintWriter(standardOutput, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        Root root = new Root(console);
        int code;
        try {
            code = commandLine(root, args).execute(args);
        } catch (RuntimeException | Error e) {
            // picocli passes errors on, of which users meet running out of memory.
            code = failed(root, e);
        }
        console.text().flush();
        try {
            standardOutput.flush();
        } catch (IOException seenBelow) {
            // The stream keeps its first failure.
        }
        if (code == DONE && standardOutput.isBroken() && !standardOutput.readerIsGone()) {
            code = FAILED;
            console.complain("cannot write to standard output: " + standardOutput.problem());
        }
        console.err().flush();
        return code;
    }

    private static CommandLine commandLine(Root root, String[] args) {
        CommandLine line = root.commandLine(args);
        line.setOut(root.console().text());
        line.setErr(new PrintWriter(root.console().err(), true, StandardCharsets.UTF_8));
        // A file may be called @something.
        line.setExpandAtFiles(false);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, all) -> wrongUsage(root, e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(root, e));
        return line;
    }

    private static int wrongUsage(Root root, ParameterException e) {
        String problem = e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : String.valueOf(e.getMessage());
        root.console().complain(problem + " (see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
        return WRONG_USAGE;
    }

    /** picocli names everything that stands behind the first mistake as well. */
    private static String unmatched(UnmatchedArgumentException e) {
        CommandLine command = e.getCommandLine();
        String first = e.getUnmatched().getFirst();
        if (!e.isUnknownOption() && !command.getSubcommands().isEmpty()) {
            return "unknown command '" + first + "': expected one of " + String.join(", ", command.getSubcommands().keySet());
        }
        String problem = (e.isUnknownOption() ? "unknown option '" : "unexpected argument '") + first + "'";
        return e.getSuggestions().isEmpty() ? problem : problem + "; did you mean " + String.join(" or ", e.getSuggestions()) + "?";
    }

    private static int failed(Root root, Throwable e) {
        if (root.console().out().isBroken()) {
            // Said once, after everything has been flushed; a reader that has seen enough is no failure at all.
            return DONE;
        }
        root.console().complain(Failures.line(e));
        if (root.verbose()) {
            e.printStackTrace(root.console().err());
        }
        return FAILED;
    }
}
