package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;

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
                    sums.ofStates()[r][cell] = ofState(plan.ofStates().get(r), sums, i, t, t > tile.iteration());
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
            sums.ofSources()[r][i] = reductions.plain(reduction.op(), row, reduction.wide());
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

    private double ofState(Reduction reduction, Sums sums, int i, int t, boolean beforeIsOfThisTile) {
        if (t < reduction.looksBack()) {
            return Double.NaN; // there is no such state before
        }
        Op op = reduction.op();
        boolean wide = reduction.wide();
        boolean previous = reduction.source() == Reduction.PREVIOUS;
        Row side = previous ? before : reduction.source() == Reduction.NO_SOURCE ? here : sources[reduction.source()];
        RowReductions.Rows rows = new RowReductions.Rows(here, side, reduction.looksBack() > 1 ? earlier : here);
        int cell = i * Math.toIntExact(plan.states().iterations()) + t;
        if (op.isNormalizedPair()) {
            return reductions.normalizedPair(op, rows, wide, previous, rest(reduction, sums, i, cell, beforeIsOfThisTile));
        }
        if (op.isMade()) {
            return reductions.stateNorm(op, here, wide, rest(reduction, sums, i, cell, beforeIsOfThisTile));
        }
        return op.isNormalized()
                ? reductions.toReady(op, rows, wide, sums.ofStates()[reduction.basis().x()][cell])
                : reductions.plain(op, rows, wide);
    }

    private RowReductions.Rest rest(Reduction reduction, Sums sums, int i, int cell, boolean beforeIsOfThisTile) {
        Basis basis = reduction.basis();
        double y;
        double weightedY;
        if (reduction.source() != Reduction.PREVIOUS) {
            y = at(sums.ofSources(), basis.y(), i);
            weightedY = at(sums.ofSources(), basis.weightedY(), i);
        } else if (beforeIsOfThisTile) {
            y = at(sums.ofStates(), basis.x(), cell - 1);
            weightedY = at(sums.ofStates(), basis.weightedX(), cell - 1);
        } else { // the sums of another tile may not be there yet
            y = reductions.norm(Op.NORM2, before, reduction.wide());
            weightedY = reductions.norm(basis.weightedX() == basis.x() ? Op.NORM2 : Op.WEIGHTED_NORM2, before, reduction.wide());
        }
        double diff2 = at(sums.ofStates(), basis.diff2(), cell);
        double along = at(sums.ofStates(), basis.along(), cell);
        double cross = basis.cross() == Basis.UNUSED ? diff2 + 2 * along : sums.ofStates()[basis.cross()][cell];
        return new RowReductions.Rest(at(sums.ofStates(), basis.x(), cell), y, cross, diff2, along, weightedY);
    }

    private static double at(double[][] sums, int reduction, int cell) {
        return reduction == Basis.UNUSED ? 0 : sums[reduction][cell];
    }

    @Override
    public void close() {}
}
