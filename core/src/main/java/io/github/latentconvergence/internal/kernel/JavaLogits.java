package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;

/** One thread's use of the plain Java kernel for logits: row by row, each loaded once. */
final class JavaLogits implements Kernels.LogitsWorker {
    private final StateTensor logits;
    private final int vocabulary;
    private final Widening widening = new Widening();
    private final LogitTerms terms = new LogitTerms();
    private Row here;
    private Row before;
    /** The first index of the largest logit of {@code here}; -1 where none is above minus infinity. */
    private int argmax;

    JavaLogits(StateTensor logits) {
        this.logits = logits;
        this.vocabulary = Math.toIntExact(logits.hidden());
        this.here = new Row(vocabulary);
        this.before = new Row(vocabulary);
    }

    @Override
    public void measure(int token, int first, int iterations, LogitSums sums) {
        int width = Math.toIntExact(logits.iterations());
        double largestBefore = first > 0 ? load(first - 1, token) : Double.NaN;
        for (int t = first; t < first + iterations; t++) {
            Row free = before;
            before = here;
            here = free;
            double largest = load(t, token);
            sum(t > 0, largest, largestBefore, token * width + t, sums);
            largestBefore = largest;
        }
    }

    /** Loads a row into {@code here}, filled up with minus infinity, and finds its largest logit. */
    private double load(int t, int token) {
        here.load(logits, t, token, true, widening);
        double[][] x = here.wide();
        int tail = (vocabulary - 1) % Row.BLOCK + 1;
        Arrays.fill(x[x.length - 1], Row.START + tail, x[x.length - 1].length, Double.NEGATIVE_INFINITY);
        double largest = Double.NEGATIVE_INFINITY;
        argmax = -1;
        for (int b = 0; b < x.length; b++) {
            for (int d = Row.START; d < x[b].length; d++) {
                if (x[b][d] > largest) {
                    largest = x[b][d];
                    argmax = b * Row.BLOCK + d - Row.START;
                }
            }
        }
        return largest;
    }

    private void sum(boolean paired, double largest, double largestBefore, int cell, LogitSums sums) {
        double[][] x = here.wide();
        double[][] y = paired ? before.wide() : x;
        double none = paired ? 0 : Double.NaN;
        double[] all = {0, 0, none, none, none, none};
        for (int b = 0; b < x.length; b++) {
            terms.ofRow(x[b], largest);
            all[0] += terms.z();
            all[1] += terms.zu();
            if (paired) {
                terms.ofPair(x[b], y[b], largestBefore, largestBefore - largest);
                all[2] += terms.forward();
                all[3] += terms.forwardGap();
                all[4] += terms.backward();
                all[5] += terms.backwardGap();
            }
        }
        sums.z()[cell] = all[0];
        sums.zu()[cell] = all[1];
        sums.forward()[cell] = all[2];
        sums.forwardGap()[cell] = all[3];
        sums.backward()[cell] = all[4];
        sums.backwardGap()[cell] = all[5];
        sums.argmax()[cell] = Double.isNaN(all[0]) ? -1 : argmax;
    }

    @Override
    public void close() {}
}
