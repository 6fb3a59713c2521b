package io.github.latentconvergence.cli;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.StepRule;
import io.github.latentconvergence.analysis.Threshold;
import io.github.latentconvergence.plot.ColorMap;
import io.github.latentconvergence.plot.Overlay;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words on the command line to what they stand for. A word that stands for nothing is wrong usage and its message lists those that do. */
final class Converters {
    private Converters() {}

    /** Passes on the message of what refused the word. */
    abstract static class Of<T> implements ITypeConverter<T> {
        private final Function<String, T> find;

        Of(Function<String, T> find) {
            this.find = find;
        }

        @Override
        public T convert(String word) {
            try {
                return find.apply(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@code --metric}. */
    static final class OfMetric extends Of<Metric> {
        OfMetric() {
            super(word -> Metric.ofLabel(word.strip()));
        }
    }

    /** {@code --backend}. */
    static final class OfBackend extends Of<Backend> {
        OfBackend() {
            super(Backend::ofLabel);
        }
    }

    /** {@code --tier}. */
    static final class OfTier extends Of<Backend.Tier> {
        OfTier() {
            super(Backend.Tier::ofLabel);
        }
    }

    /** {@code --dtype}. */
    static final class OfDType extends Of<DType> {
        OfDType() {
            super(DType::ofLabel);
        }
    }

    /** {@code --reference}. */
    static final class OfReference extends Of<ReferenceChoice> {
        OfReference() {
            super(ReferenceChoice::parse);
        }
    }

    /** {@code --names}. */
    static final class OfNames extends Of<RunNames> {
        OfNames() {
            super(RunNames::parse);
        }
    }

    /** {@code --threshold-kind}. */
    static final class OfThresholdKind extends Of<Threshold.Kind> {
        OfThresholdKind() {
            super(Threshold.Kind::ofLabel);
        }
    }

    /** {@code --rule}. */
    static final class OfStepRule extends Of<StepRule> {
        OfStepRule() {
            super(StepRule::ofLabel);
        }
    }

    /** {@code --exit-rule}. */
    static final class OfExitRule extends Of<ExitChoice> {
        OfExitRule() {
            super(ExitChoice::parse);
        }
    }

    /** {@code --format}. */
    static final class OfFormat extends Of<MatrixFormat> {
        OfFormat() {
            super(MatrixFormat::ofLabel);
        }
    }

    /** {@code --has-s0}. An enum, as picocli has ideas of its own about Boolean options. */
    enum YesNo {
        YES, NO
    }

    /** {@code --normalize}. */
    enum Normalizing {
        NONE, RMSNORM
    }

    /** {@code --has-s0}. */
    static final class OfYesNo extends Of<YesNo> {
        OfYesNo() {
            super(word -> switch (word.toLowerCase(Locale.ROOT)) {
                case "yes" -> YesNo.YES;
                case "no" -> YesNo.NO;
                default -> throw new IllegalArgumentException("'" + word + "': expected yes or no");
            });
        }
    }

    /** {@code --normalize}. */
    static final class OfNormalizing extends Of<Normalizing> {
        OfNormalizing() {
            super(word -> switch (word.toLowerCase(Locale.ROOT)) {
                case "none" -> Normalizing.NONE;
                case "rmsnorm" -> Normalizing.RMSNORM;
                default -> throw new IllegalArgumentException("unknown normalization '" + word + "': expected one of none, rmsnorm");
            });
        }
    }

    /** {@code --shape}: sizes with commas between. */
    static final class OfShape extends Of<Shape> {
        OfShape() {
            super(word -> {
                try {
                    return Shape.of(Arrays.stream(word.split(",", -1)).map(String::strip).mapToLong(Long::parseLong).toArray());
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "'" + word
                                    + "': expected sizes with commas between, ITERATIONS,TOKENS,HIDDEN or ITERATIONS,BATCH,TOKENS,HIDDEN",
                            e);
                }
            });
        }
    }

    /** {@code --range}. */
    static final class OfRange extends Of<ColorRange> {
        OfRange() {
            super(ColorRange::parse);
        }
    }

    /** {@code --overlay}. */
    static final class OfOverlay extends Of<Overlay> {
        OfOverlay() {
            super(word -> Overlay.ofLabel(word.strip()));
        }
    }

    /** {@code --colors}. */
    static final class OfColorMap extends Of<ColorMap> {
        OfColorMap() {
            super(ColorMap::ofLabel);
        }
    }

    /** The metrics, for help. */
    static final class Metrics implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Metric.values()).map(Metric::label).iterator();
        }
    }

    /** The backends, for help. */
    static final class Backends implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Backend.values()).map(Backend::label).iterator();
        }
    }

    /** The tiers, for help. */
    static final class Tiers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Backend.Tier.values()).map(Backend.Tier::label).iterator();
        }
    }

    /** The exit rules, for help. */
    static final class ExitRules implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ExitRule.values()).map(ExitRule::label).iterator();
        }
    }

    /** The overlays, for help. */
    static final class Overlays implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Overlay.values()).map(Overlay::label).iterator();
        }
    }

    /** The colour maps, for help. */
    static final class ColorMaps implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ColorMap.values()).map(ColorMap::label).iterator();
        }
    }
}
