package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.tensor.DType;
import java.util.Arrays;

/**
 * log10 distances of which means make sense: a distance below what the dtype resolves counts as that, so that an exact zero is small and not minus infinity. NaN in cells that
 * are their own reference and where a distance is not defined.
 */
final class LogDistances {
    private final ConvergenceMatrix matrix;
    private final double unit;

    LogDistances(ConvergenceMatrix matrix, DType dtype) {
        this.matrix = matrix;
        this.unit = unit(matrix.metric(), roundoff(dtype));
    }

    /** The unit roundoff: half the distance from 1 to the next larger number. */
    static double roundoff(DType dtype) {
        return switch (dtype) {
            case BF16 -> 0x1p-8;
            case F16 -> 0x1p-11;
            case F32 -> 0x1p-24;
            case F64 -> 0x1p-53;
        };
    }

    /** How far a state of size 1 moves, in the metric's unit, if it changes by u of its size: across it, for angles. */
    static double unit(Metric metric, double u) {
        return switch (metric) {
            case L2, RMS, L1, LINF, RELATIVE_L2 -> u;
            case COSINE -> u * u / 2;
            case ANGULAR -> u / Math.PI;
            case NORM -> 0;
        };
    }

    double at(int token, int iteration) {
        if (matrix.isSelfReference(token, iteration)) {
            return Double.NaN;
        }
        double distance = matrix.distance(token, iteration);
        // One limit for all of a token's cells, also where each has a reference of its own: else steps of 0 would be ranked by the sizes of states.
        int column = matrix.reference() instanceof Reference.Previous ? matrix.iterations() - 1 : iteration;
        double least = unit == 0 ? 0 : unit * matrix.referenceSize(token, column);
        return distance < least ? StrictMath.log10(least) : matrix.logDistance(token, iteration);
    }

    /** Over all iterations that say something; NaN where a distance is not a finite number, and where there is none. */
    double mean(int token) {
        double sum = 0;
        int count = 0;
        for (int t = 0; t < matrix.iterations(); t++) {
            if (matrix.isDefined(token, t)) {
                sum += at(token, t);
                count++;
            }
        }
        return count == 0 || !Double.isFinite(sum) ? Double.NaN : sum / count;
    }

    /** The median over tokens at one iteration, of those whose distance is a finite number; NaN where there is none. */
    double columnMedian(int[] tokens, int iteration) {
        double[] column = Arrays.stream(tokens).filter(i -> matrix.isDefined(i, iteration)).mapToDouble(i -> at(i, iteration))
                .filter(Double::isFinite).toArray();
        return Median.ofOwn(column, column.length);
    }
}
