package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The matrices that an analysis rests on, all from one pass over the states.
 *
 * @param asked distances to the reference that was asked for
 * @param last the same metric, to the last iteration
 * @param tailMean the same metric, to the mean of the last iterations
 * @param external the same metric, to an external reference where there is one
 * @param steps l2 distances to the state before
 * @param toLast l2 distances to the last iteration
 */
record Measures(ConvergenceMatrix asked, ConvergenceMatrix last, ConvergenceMatrix tailMean, Optional<ConvergenceMatrix> external,
        ConvergenceMatrix steps, ConvergenceMatrix toLast) {

    /** What is to be measured; the first options' progress is told. */
    static List<ConvergenceOptions> wanted(Trace trace, ConvergenceOptions measure) {
        ConvergenceOptions asked = measure.withReferenceSizes(true);
        ConvergenceOptions l2 = asked.withMetric(Metric.L2);
        Reference tailMean = measure.reference() instanceof Reference.TailMean ? measure.reference() : Reference.tailMean();
        Optional<Reference> external = measure.reference() instanceof Reference.External
                ? Optional.of(measure.reference())
                : trace.reference().map(r -> Reference.external(r, trace.referenceNormalized().orElse(false)));
        List<ConvergenceOptions> wanted = new ArrayList<>(
                List.of(asked, asked.withReference(Reference.last()), asked.withReference(tailMean),
                        l2.withReferenceSizes(false).withReference(Reference.previous()), l2.withReference(Reference.last())));
        external.ifPresent(e -> wanted.add(asked.withReference(e)));
        return wanted;
    }

    /** What was measured of that. */
    static Measures from(List<ConvergenceMatrix> all) {
        return new Measures(all.get(0), all.get(1), all.get(2), all.stream().skip(5).findFirst(), all.get(3), all.get(4));
    }
}
