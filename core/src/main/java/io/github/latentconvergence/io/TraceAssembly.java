package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a trace of what a file holds: opens the states and whatever stands beside them, each checked against the shape of the states. */
final class TraceAssembly {
    private final Source source;
    private final Contents contents;
    private final TraceOptions options;
    private final StatesChoice choice;
    private final StateTensor states;

    private TraceAssembly(Source source, Contents contents, TraceOptions options, StatesChoice choice) throws IOException {
        this.source = source;
        this.contents = contents;
        this.options = options;
        this.choice = choice;
        this.states = StateTensor.of(source.arena(), choice.array().data().open(), choice.dtype(), choice.shape());
    }

    /** The trace then owns the arena of {@code source}. */
    static Trace assemble(Source source, Contents contents, TraceOptions options) throws IOException {
        TraceAssembly assembly = new TraceAssembly(source, contents, options, StatesChoice.of(source, contents, options));
        return new Trace(source.path(), assembly.states, assembly.annotations());
    }

    private Trace.Annotations annotations() throws IOException {
        long tokens = states.tokens();
        long hidden = states.hidden();
        StoredArray mask = beside("mask", perToken());
        StoredArray ids = beside("token_ids", perToken());
        StoredArray weight = beside("norm_weight", new long[][] {{hidden}});
        long[][] references = choice.oneToken()
                ? new long[][] {{1, hidden}, {hidden}}
                : new long[][] {states.hasBatch() ? new long[] {states.batches(), tokens, hidden} : new long[] {tokens, hidden}};
        return new Trace.Annotations(tensor(beside("reference", references)), normalized("reference_norm"), logits(), texts(),
                mask == null ? null : Numbers.truths(source, mask), ids == null ? null : Numbers.rows(source, ids),
                weight == null ? null : Numbers.doubles(source, weight, StatesChoice.dtype(source, weight, options)), hasS0(),
                normalized("norm"), contents.metadata());
    }

    private long[][] perToken() {
        return new long[][] {{states.tokens()}, {states.batches(), states.tokens()}};
    }

    /** The array of this name, unless it holds the states themselves. */
    private @Nullable StoredArray beside(String name, long[][] allowed) throws TraceFormatException {
        StoredArray array = find(name);
        if (array != null && Arrays.stream(allowed).noneMatch(sizes -> Arrays.equals(sizes, array.sizes()))) {
            String expected = Stream.of(allowed).map(Printable::shape).distinct().collect(Collectors.joining(" or "));
            throw source
                    .error(array.label() + " is " + array.description() + ", expected " + expected + " beside states of " + states.shape());
        }
        return array;
    }

    private @Nullable StoredArray find(String name) {
        return contents.named() && !name.equals(choice.array().name()) ? contents.find(name) : null;
    }

    private @Nullable StateTensor tensor(@Nullable StoredArray array) throws IOException {
        if (array == null) {
            return null;
        }
        DType dtype = StatesChoice.dtype(source, array, options);
        return states.alongside(array.data().open(), dtype, array.rank() == 1 ? Shape.of(1, array.sizes()[0]) : Shape.of(array.sizes()));
    }

    private @Nullable StateTensor logits() throws IOException {
        StoredArray array = find("logits");
        if (array == null) {
            return null;
        }
        long[] leading = choice.array().sizes();
        int last = leading.length - 1;
        if (array.rank() != leading.length || !Arrays.equals(array.sizes(), 0, last, leading, 0, last) || array.sizes()[last] == 0) {
            throw source.error(array.label() + " is " + array.description() + ", expected " + Printable.shape(Arrays.copyOf(leading, last))
                    + "[vocabulary] beside states of " + states.shape());
        }
        DType dtype = StatesChoice.dtype(source, array, options);
        long[] sizes = array.sizes();
        return states.alongside(array.data().open(), dtype, choice.oneToken() ? Shape.of(sizes[0], 1, sizes[1]) : Shape.of(sizes));
    }

    private @Nullable List<List<String>> texts() throws IOException {
        if (options.tokens().isPresent()) {
            return TokenTexts.ofFile(options.tokens().get(), states.batches(), states.tokens());
        }
        String json = contents.metadata().get("tokens");
        return json == null ? null : TokenTexts.ofMetadata(source.path(), json, states.batches(), states.tokens());
    }

    private @Nullable Boolean hasS0() throws TraceFormatException {
        Boolean said = flag("has_s0", "true", "false");
        Boolean given = options.hasS0().orElse(null);
        if (said != null && given != null && !said.equals(given)) {
            throw source.error("metadata 'has_s0' is '" + said + "', expected '" + given + "' as given");
        }
        return said == null ? given : said;
    }

    private @Nullable Boolean normalized(String key) throws TraceFormatException {
        return flag(key, "normalized", "raw");
    }

    private @Nullable Boolean flag(String key, String yes, String no) throws TraceFormatException {
        String value = contents.metadata().get(key);
        if (value == null) {
            return null;
        }
        if (!value.equals(yes) && !value.equals(no)) {
            throw source.error("metadata '" + key + "' is " + Printable.quoted(value) + ", expected '" + yes + "' or '" + no + "'");
        }
        return value.equals(yes);
    }
}
