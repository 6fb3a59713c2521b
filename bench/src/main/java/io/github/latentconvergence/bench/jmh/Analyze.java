package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.TraceFile;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The analysis of an open trace beside one matrix of it: what the answers cost above the picture. The file is mapped once and in the page cache. */
public class Analyze extends Measured {
    @Param("bf16")
    private String dtype;

    @Param("1")
    private int threads;

    @Param("65x256x5280")
    private String shape;

    private TraceFile file;
    private Trace trace;
    private ConvergenceOptions options;

    /** For JMH. */
    public Analyze() {}

    /** Makes the file, and checks that the analysis rests on the same matrix. */
    @Setup
    public void setUp() throws IOException {
        try (StateTensor states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape))) {
            file = TraceFile.of(states);
        }
        trace = TraceFiles.open(file.path());
        options = Jobs.options("l2", threads);
        Jobs.check(trace.states(), analyse().matrix(), "l2");
        Yardstick.readsNoMemory(trace.states().segment().byteSize());
    }

    private Analysis analyse() {
        return Analysis.of(trace, AnalysisOptions.defaults().withMeasure(options));
    }

    /** One matrix. */
    @Benchmark
    public ConvergenceMatrix matrix(Yardstick yardstick) {
        return Convergence.convergenceMatrix(trace, options);
    }

    /** Everything that is said of tokens. */
    @Benchmark
    public Analysis analysis(Yardstick yardstick) {
        return analyse();
    }

    /** What exit rules watch. */
    @Benchmark
    public ExitSignals exits(Yardstick yardstick) {
        return ExitSignals.of(trace, options);
    }

    /** Deletes the file. */
    @TearDown
    public void tearDown() throws IOException {
        trace.close();
        file.close();
    }
}
