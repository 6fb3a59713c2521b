package research.latent;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/** What the handbook shows, as a program. */
public final class Research {
    private Research() {}

    /** Takes a trace with a recorded reference and the figure to write. */
    public static void main(String[] args) throws IOException {
        measured(Path.of(args[0]), Path.of(args[1])).forEach(System.out::println);
        analysed(Path.of(args[0])).slowBands().forEach(System.out::println);
        System.out.println(filledByHand());
    }

    /** To the last iteration, to the recorded reference, with what the trace knows, and three at once. */
    public static List<ConvergenceMatrix> measured(Path file, Path figure) throws IOException {
        try (Trace trace = TraceFiles.open(file)) {
            ConvergenceMatrix m = Convergence.convergenceMatrix(trace.states());
            int token = 17;
            int iteration = 10;
            double d = m.distance(token, iteration), log = m.logDistance(token, iteration);
            System.out.println("distance " + d + ", log10 " + log);
            ConvergenceMatrix cos = Convergence.convergenceMatrix(trace.states(),
                    ConvergenceOptions.defaults().withReference(Reference.external(trace.reference().orElseThrow()))
                            .withMetric(Metric.COSINE));
            ConvergenceMatrix masked = Convergence.convergenceMatrix(trace, ConvergenceOptions.defaults());
            ConvergenceOptions o1 = ConvergenceOptions.defaults();
            ConvergenceOptions o2 = o1.withReference(Reference.previous());
            ConvergenceOptions o3 = o1.withMetric(Metric.NORM);
            List<ConvergenceMatrix> all = Convergence.convergenceMatrices(trace, List.of(o1, o2, o3));
            Heatmap.of(m, trace.tokens()).write(figure);
            return List.of(m, cos, masked, all.get(0), all.get(1), all.get(2));
        }
    }

    /** What the states do, in numbers: converged when, how fast, which tokens stand out, and where an exit rule would have stopped. */
    public static Analysis analysed(Path file) throws IOException {
        try (Trace trace = TraceFiles.open(file)) {
            Analysis a = Analysis.of(trace, AnalysisOptions.defaults());
            System.out.println(a.summary().text());
            ExitSignals signals = ExitSignals.of(trace, ConvergenceOptions.defaults());
            ExitReplay replay = signals.replay(ExitRule.LATENT_DIFF, 0.03, Reduction.TOKEN);
            System.out.println("latent-diff stops at " + replay.meanExit() + " on average, with " + replay.worstRemaining() + " left at worst");
            return a;
        }
    }

    /** States that are not in a file: s_t = 2^-t in every component, in memory of the library's and of one's own. */
    public static List<ConvergenceMatrix> filledByHand() {
        int iterations = 6;
        int tokens = 3;
        int hidden = 16;
        ConvergenceMatrix own;
        try (StateTensor s = StateTensor.allocate(DType.F32, Shape.of(iterations, tokens, hidden))) {
            for (int t = 0; t < iterations; t++) {
                MemorySegment states = s.iteration(t);
                for (long e = 0; e < (long) tokens * hidden; e++) {
                    states.setAtIndex(ValueLayout.JAVA_FLOAT, e, (float) Math.pow(2, -t));
                }
            }
            own = Convergence.convergenceMatrix(s);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(ValueLayout.JAVA_FLOAT, (long) iterations * tokens * hidden);
            for (long e = 0; e < (long) iterations * tokens * hidden; e++) {
                segment.setAtIndex(ValueLayout.JAVA_FLOAT, e, (float) Math.pow(2, -(e / (tokens * hidden))));
            }
            StateTensor view = StateTensor.of(segment, DType.F32, Shape.of(iterations, tokens, hidden));
            return List.of(own, Convergence.convergenceMatrix(view, ConvergenceOptions.defaults().withThreads(1)));
        }
    }
}
