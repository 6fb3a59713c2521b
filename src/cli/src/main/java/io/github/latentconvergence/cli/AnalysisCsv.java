package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.TokenAnalysis;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The tokens of an analysis as comma-separated values, a line for each: the fields that they have in JSON, flat. */
final class AnalysisCsv {
    private static final Map<String, Function<TokenAnalysis, String>> FIELDS = fields();

    private AnalysisCsv() {}

    static void write(List<TokenAnalysis> tokens, OutputStream out) throws IOException {
        CsvLines csv = new CsvLines(out);
        csv.line(List.copyOf(FIELDS.keySet()));
        for (TokenAnalysis token : tokens) {
            csv.line(FIELDS.values().stream().map(field -> field.apply(token)).toList());
        }
    }

    private static Map<String, Function<TokenAnalysis, String>> fields() {
        Map<String, Function<TokenAnalysis, String>> fields = new LinkedHashMap<>();
        fields.put("index", t -> Integer.toString(t.index()));
        fields.put("text", TokenAnalysis::text);
        fields.put("step", t -> CsvLines.number(t.step()));
        fields.put("step_late_in_run", t -> Boolean.toString(t.steps().lateInRun()));
        fields.put("step_last", t -> CsvLines.number(t.steps().last()));
        fields.put("step_tail_mean", t -> CsvLines.number(t.steps().tailMean()));
        fields.put("step_external", t -> CsvLines.number(t.steps().external()));
        fields.put("rate", t -> CsvLines.number(t.contraction().rate()));
        fields.put("half_life", t -> CsvLines.number(t.contraction().halfLife()));
        fields.put("error_bar", t -> t.floor().isReached() ? TokenJson.AT_FLOOR : CsvLines.number(t.contraction().errorBar()));
        fields.put("floor", t -> CsvLines.number(t.floor().level()));
        fields.put("floor_step", t -> CsvLines.number(t.floor().step()));
        fields.put("mean_log10", t -> Double.toString(t.slowness().meanLog10()));
        fields.put("excess", t -> Double.toString(t.slowness().excess()));
        fields.put("z", t -> Double.toString(t.slowness().z()));
        fields.put("early", t -> Boolean.toString(t.early()));
        fields.put("late", t -> Boolean.toString(t.late()));
        fields.put("shape", t -> t.trajectory().shape().label());
        fields.put("period", t -> CsvLines.number(t.trajectory().period()));
        fields.put("evidence_window", t -> Integer.toString(t.trajectory().evidence().window()));
        fields.put("evidence_step_share", t -> Double.toString(t.trajectory().evidence().stepShare()));
        fields.put("evidence_step_slope", t -> Double.toString(t.trajectory().evidence().stepSlope()));
        fields.put("evidence_slope_noise", t -> Double.toString(t.trajectory().evidence().slopeNoise()));
        fields.put("evidence_efficiency", t -> Double.toString(t.trajectory().evidence().efficiency()));
        fields.put("evidence_recurrence", t -> Double.toString(t.trajectory().evidence().recurrence()));
        fields.put("evidence_recurrence_at_one", t -> Double.toString(t.trajectory().evidence().recurrenceAtOne()));
        fields.put("evidence_lag", t -> Integer.toString(t.trajectory().evidence().lag()));
        return fields;
    }
}
