package io.github.latentconvergence.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;

/** What the commands have in common: their options, exit codes and failures in one line. */
record Command(String usage, Set<String> valued, Set<String> flags) {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** What one of them does. */
    interface Work {
        void with(Arguments arguments) throws IOException, WrongUsageException;
    }

    int run(List<String> words, PrintStream out, PrintStream err, Work work) {
        if (words.contains("--help") || words.contains("-h")) {
            out.println(usage);
            return DONE;
        }
        try {
            work.with(Arguments.parse(words, valued, flags));
        } catch (WrongUsageException e) {
            err.println(e.getMessage());
            err.println(usage);
            return WRONG_USAGE;
        } catch (IOException e) {
            err.println(line(e));
            return FAILED;
        }
        if (out.checkError()) {
            err.println("standard output could not be written");
            return FAILED;
        }
        return DONE;
    }

    private static String line(IOException e) {
        // The message of these is often the file's name alone.
        if (e instanceof FileSystemException of && of.getReason() == null) {
            return of.getFile() + ": " + of.getClass().getSimpleName().replace("Exception", "");
        }
        return String.valueOf(e.getMessage());
    }
}
