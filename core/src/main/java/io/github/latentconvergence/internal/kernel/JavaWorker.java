package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import org.jspecify.annotations.Nullable;

/** One thread's use of the plain Java kernels: token by token, each state loaded once. */
final class JavaWorker implements Kernels.Worker {
    private final Plan plan;
    private final boolean float64;
    private final int looksBack;
    private final RowReductions reductions;
    private final Widening widening = new Widening();
    private final Row[] sources;
    private Row here;
    private Row before;
    private Row earlier;

    JavaWorker(Plan plan) {
        this.plan = plan;
        this.float64 = plan.states().dtype() == DType.F64;
        this.looksBack = plan.looksBack();
        this.reductions = new RowReductions(plan);
        int hidden = Math.toIntExact(plan.states().hidden());
        this.here = new Row(hidden);
        this.before = new Row(hidden);
        this.earlier = new Row(hidden);
        this.sources = new Row[plan.sources().size()];
        for (int s = 0; s < sources.length; s++) {
            sources[s] = new Row(hidden);
        }
    }

    @Override
    public void measure(Tile tile, Sums sums) {
        int columns = Math.toIntExact(plan.states().iterations());
        int end = tile.iteration() + tile.iterations();
        for (int i = tile.token(); i < tile.token() + tile.tokens(); i++) {
            measureSources(i, sums);
            for (int t = Math.max(0, tile.iteration() - looksBack); t < end; t++) {
                load(t, i);
                for (int r = 0; r < plan.ofStates().size() && t >= tile.iteration(); r++) {
                    int cell = i * columns + t;
                    sums.ofStates()[r][cell] = ofState(plan.ofStates().get(r), sums, i, t, cell, t > tile.iteration());
                }
            }
        }
    }

    private void measureSources(int i, Sums sums) {
        for (int s = 0; s < sources.length; s++) {
            Source source = plan.sources().get(s);
            if (source.mean()) {
                sources[s].mean(source.states(), i, here, float64, widening);
            } else {
                sources[s].load(source.states(), 0, i, source.dtype() == DType.F64, widening);
            }
        }
        for (int r = 0; r < plan.ofSources().size(); r++) {
            Reduction reduction = plan.ofSources().get(r);
            RowReductions.Rows row = RowReductions.Rows.alone(sources[reduction.source()]);
            sums.ofSources()[r][i] = reductions.reduce(reduction, row, basis(reduction, sums.ofSources(), i, 0));
        }
    }

    /** Makes {@code here} the state at an iteration, and moves the two that were last here. */
    private void load(int t, int i) {
        Row free = earlier;
        earlier = before;
        before = here;
        here = free;
        here.load(plan.states(), t, i, float64, widening);
    }

    private double ofState(Reduction reduction, Sums sums, int i, int t, int cell, boolean beforeIsOfThisTile) {
        if (t < reduction.looksBack()) {
            return Double.NaN; // there is no such state before
        }
        double[][] ofStates = sums.ofStates();
        if (reduction.source() != Reduction.PREVIOUS) {
            Row side = reduction.source() == Reduction.NO_SOURCE ? here : sources[reduction.source()];
            double y = reduction.yNorms() == Reduction.NONE ? 0 : sums.ofSources()[reduction.yNorms()][i];
            return reductions.reduce(reduction, new RowReductions.Rows(here, side, here), basis(reduction, ofStates, cell, y));
        }
        double y = 0;
        if (reduction.op().isNormalizedPair()) {
            // The sums of another tile may not be there yet.
            y = beforeIsOfThisTile ? ofStates[reduction.xNorms()][cell - 1] : reductions.plainNorm(before, reduction.wide());
        }
        Row third = reduction.looksBack() > 1 ? earlier : here;
        return reductions.reduce(reduction, new RowReductions.Rows(here, before, third), basis(reduction, ofStates, cell, y));
    }

    private static @Nullable Basis basis(Reduction reduction, double[][] sums, int cell, double yNorm) {
        if (!reduction.op().isNormalized()) {
            return null;
        }
        return new Basis(sums[reduction.xNorms()][cell], yNorm, reduction.cross() == Reduction.NONE ? 0 : sums[reduction.cross()][cell]);
    }

    @Override
    public void close() {}
}
