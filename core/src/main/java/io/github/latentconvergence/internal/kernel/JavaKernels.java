package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import org.jspecify.annotations.Nullable;

/** Plain Java: needs nothing, runs everywhere, and is the second definition that the native kernels are held against. */
public final class JavaKernels implements Kernels {
    /** The only one. */
    public static final JavaKernels INSTANCE = new JavaKernels();

    private JavaKernels() {}

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Worker worker(Plan plan, int tokens, int iterations) {
        return new JavaWorker(plan);
    }

    private static final class JavaWorker implements Worker {
        private final Plan plan;
        private final boolean float64;
        private final RowReductions rows;
        private final Row[] sources;
        private Row here;
        private Row before;

        JavaWorker(Plan plan) {
            this.plan = plan;
            this.float64 = plan.states().dtype() == DType.F64;
            int padded = Math.toIntExact(plan.padded());
            this.rows = new RowReductions(plan, padded);
            this.here = new Row(padded);
            this.before = new Row(padded);
            this.sources = new Row[plan.sources().size()];
            for (int s = 0; s < sources.length; s++) {
                sources[s] = new Row(padded);
            }
        }

        @Override
        public void measure(Tile tile, Sums sums) {
            int columns = Math.toIntExact(plan.states().iterations());
            for (int i = tile.token(); i < tile.token() + tile.tokens(); i++) {
                loadSources(i);
                for (int r = 0; r < plan.ofSources().size(); r++) {
                    Reduction reduction = plan.ofSources().get(r);
                    Row row = sources[reduction.source()];
                    sums.ofSources()[r][i] = rows.reduce(reduction, row, row, basis(reduction, sums.ofSources(), i, 0));
                }
                if (tile.iteration() > 0 && plan.looksBack()) {
                    load(tile.iteration() - 1, i);
                }
                for (int t = tile.iteration(); t < tile.iteration() + tile.iterations(); t++) {
                    load(t, i);
                    for (int r = 0; r < plan.ofStates().size(); r++) {
                        sums.ofStates()[r][i * columns + t] = ofState(plan.ofStates().get(r), sums, i, t, i * columns + t);
                    }
                }
            }
        }

        private double ofState(Reduction reduction, Sums sums, int i, int t, int cell) {
            if (reduction.source() == Reduction.PREVIOUS) {
                if (t == 0) {
                    return Double.NaN; // there is no state before the first
                }
                Basis basis = basis(reduction, sums.ofStates(), cell, 0);
                if (basis != null && reduction.op().isNormalizedPair()) {
                    // The row before may belong to another tile, whose sums are not there yet.
                    basis = new Basis(basis.x(), rows.plainNorm(before, reduction.wide()), basis.cross());
                }
                return rows.reduce(reduction, here, before, basis);
            }
            Row side = reduction.source() == Reduction.NO_SOURCE ? here : sources[reduction.source()];
            double y = reduction.yNorms() == Reduction.NONE ? 0 : sums.ofSources()[reduction.yNorms()][i];
            return rows.reduce(reduction, here, side, basis(reduction, sums.ofStates(), cell, y));
        }

        private static @Nullable Basis basis(Reduction reduction, double[][] sums, int cell, double yNorm) {
            if (!reduction.op().isNormalized()) {
                return null;
            }
            return new Basis(sums[reduction.xNorms()][cell], yNorm,
                    reduction.cross() == Reduction.NONE ? 0 : sums[reduction.cross()][cell]);
        }

        /** Makes {@code here} the state at an iteration, and {@code before} what was here. */
        private void load(long t, int i) {
            Row row = before;
            before = here;
            here = row;
            row.load(plan.states(), t, i, float64);
        }

        private void loadSources(int i) {
            for (int s = 0; s < sources.length; s++) {
                Source source = plan.sources().get(s);
                if (source.mean()) {
                    mean(source.states(), i, sources[s]);
                } else {
                    sources[s].load(source.states(), 0, i, source.dtype() == DType.F64);
                }
            }
        }

        /** Summed in float64 in iteration order, divided, and rounded to float32 unless the states are float64. */
        private void mean(StateTensor states, int i, Row mean) {
            double[] sum = new double[mean.length()];
            for (long t = 0; t < states.iterations(); t++) {
                here.load(states, t, i, float64);
                double[] x = here.wide();
                for (int d = 0; d < sum.length; d++) {
                    sum[d] += x[d];
                }
            }
            for (int d = 0; d < sum.length; d++) {
                sum[d] /= states.iterations();
            }
            mean.set(sum, float64);
        }

        @Override
        public void close() {}
    }
}
