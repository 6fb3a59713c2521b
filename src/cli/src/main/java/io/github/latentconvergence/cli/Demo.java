package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.plot.Heatmap;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace measured, tabulated and drawn with the library's own calls; run by {@code mvn -Pdemo verify}. */
public final class Demo {
    private Demo() {}

    /** Takes a trace and the folder for what is written. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("expected TRACE OUTDIR");
        }
        Cli.prepareFigures();
        run(Path.of(args[0]), Path.of(args[1]), new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }

    static void run(Path file, Path folder, PrintStream out) throws IOException {
        Files.createDirectories(folder);
        try (Trace trace = TraceFiles.open(file)) {
            Analysis analysis = Analysis.of(trace, AnalysisOptions.defaults());
            ConvergenceMatrix matrix = analysis.matrix();
            Path csv = folder.resolve("matrix.csv").toAbsolutePath().normalize();
            OutputFile.at(csv, file).write(path -> {
                try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(path))) {
                    MatrixCsv.writeLong(matrix, trace.tokens(), lines);
                }
            });
            Path png = folder.resolve("heatmap.png").toAbsolutePath().normalize();
            Heatmap.of(matrix, trace.tokens()).write(png);

            out.println();
            out.println(file.getFileName() + ": " + trace.states().shape() + " " + trace.states().dtype().label() + ", measured with "
                    + matrix.computedBy());
            new DemoTable(matrix, trace.tokens()).print(out);
            out.println();
            new Paragraph().text(analysis.summary().text()).lines().forEach(out::println);
            out.println();
            out.println("figure  " + png);
            out.println("matrix  " + csv);
        }
    }
}
