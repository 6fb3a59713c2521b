package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.Gradient;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.Summary;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** An analysis as JSON, schema {@code latent-convergence/analysis/1}. */
final class AnalysisJson {
    static final String SCHEMA = "latent-convergence/analysis/1";

    private AnalysisJson() {}

    static void write(TraceFacts trace, Analysis analysis, OutputStream out) throws IOException {
        Json.write(SCHEMA, out, json -> {
            Json.object(json, "trace", o -> trace(o, trace));
            Json.object(json, "options", o -> options(o, analysis.options()));
            Json.object(json, "gradient", o -> gradient(o, analysis.gradient()));
            Json.objects(json, "tokens", analysis.tokens(), TokenJson::write);
            Json.object(json, "bands", o -> {
                Json.objects(o, "slow", analysis.slowBands(), AnalysisJson::band);
                Json.objects(o, "fast", analysis.fastBands(), AnalysisJson::band);
            });
            Json.objects(json, "segments", analysis.segments(), AnalysisJson::segment);
            Json.object(json, "summary", o -> summary(o, analysis.summary()));
        });
    }

    private static void trace(JsonGenerator json, TraceFacts trace) {
        Json.text(json, "path", trace.path().toString());
        json.writeNumberProperty("iterations", trace.iterations());
        json.writeNumberProperty("tokens", trace.tokens());
        json.writeNumberProperty("hidden", trace.hidden());
        json.writeStringProperty("dtype", trace.dtype().label());
    }

    private static void options(JsonGenerator json, AnalysisOptions options) {
        json.writeStringProperty("metric", options.measure().metric().label());
        json.writeStringProperty("reference", options.measure().reference().label());
        json.writeStringProperty("normalization", options.measure().normalization().label());
        json.writeNumberProperty("threshold", options.threshold().value());
        json.writeStringProperty("threshold_kind", options.threshold().kind().label());
        json.writeStringProperty("rule", options.rule().label());
        json.writeNumberProperty("band_z", options.bands().z());
        json.writeNumberProperty("band_excess", options.bands().excess());
    }

    private static void gradient(JsonGenerator json, Gradient gradient) {
        json.writeNumberProperty("spearman_median", gradient.spearmanMedian());
        json.writeNumberProperty("falling_share", gradient.fallingShare());
        json.writeNumberProperty("decades", gradient.decades());
    }

    private static void band(JsonGenerator json, Band band) {
        json.writeNumberProperty("first", band.first());
        json.writeNumberProperty("last", band.last());
        Json.texts(json, "texts", band.texts());
        json.writeNumberProperty("z", band.z());
        json.writeNumberProperty("excess", band.excess());
    }

    private static void segment(JsonGenerator json, Segment segment) {
        json.writeNumberProperty("first", segment.first());
        json.writeNumberProperty("last", segment.last());
        Json.texts(json, "texts", segment.texts());
        Json.number(json, "median_step", segment.medianStep());
        Json.number(json, "median_rate", segment.medianRate());
        Json.number(json, "slowest", segment.slowest());
    }

    private static void summary(JsonGenerator json, Summary summary) {
        Json.number(json, "median_step", summary.medianStep());
        json.writeNumberProperty("converged", summary.converged());
        json.writeNumberProperty("not_converged", summary.notConverged());
        json.writeNumberProperty("at_floor", summary.atFloor());
        json.writeNumberProperty("still_contracting", summary.stillContracting());
        Json.number(json, "floor", summary.floor());
        Json.text(json, "text", summary.text());
    }
}
