package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import io.github.latentconvergence.bench.results.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Prints a run as Markdown, or puts it into a document. */
public final class Table {
    private static final Command COMMAND = new Command("""
            usage: table RESULTS.json [--in DOCUMENT.md]
              --in DOCUMENT.md  replaces what stands there between <!-- measured --> and <!-- /measured -->, instead of printing""",
            Set.of("--in"), Set.of());

    private Table() {}

    /**
     * Runs the command.
     *
     * @return 0 done; 1 an input or the run failed; 2 wrong usage
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        return COMMAND.run(args, out, err, arguments -> {
            Run run = Runs.read(Path.of(arguments.file("one file of results")));
            String into = arguments.option("--in");
            if (into == null) {
                out.print(Markdown.of(run));
                return;
            }
            Path document = Path.of(into);
            WholeFile.write(document, Block.replaced(into, read(document), Markdown.of(run)).getBytes(StandardCharsets.UTF_8));
            out.println("wrote " + into);
        });
    }

    private static String read(Path document) throws IOException {
        try {
            return Files.readString(document);
        } catch (NoSuchFileException e) {
            throw new IOException(document + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new IOException(document + ": found bytes that are no UTF-8, expected a text", e);
        }
    }
}
