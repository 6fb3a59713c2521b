package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which array of a file holds the states, and what they are.
 *
 * @param shape of the tensor: one token, stored as {@code [iterations][hidden]}, has a token axis here
 * @param oneToken whether that axis was added
 */
record StatesChoice(StoredArray array, DType dtype, Shape shape, boolean oneToken) {
    private static final String STATES = "states";
    private static final Set<String> RESERVED = Set.of("reference", "norm_weight", "mask", "token_ids", "logits");
    private static final List<String> AXES = List.of("iteration", "token", "hidden");
    private static final List<String> BATCH_AXES = List.of("iteration", "batch", "token", "hidden");
    private static final List<String> ONE_TOKEN_AXES = List.of("iteration", "hidden");

    static StatesChoice of(Source source, Contents contents, TraceOptions options) throws TraceFormatException {
        StoredArray array = choose(source, contents, options);
        int rank = array.rank();
        String found = array.label() + " is " + array.description();
        if (rank == 2 && contents.named() && options.tensor().isEmpty()) {
            throw source.error(found + ", expected 3 or 4 axes; if it is [iterations][hidden] of one token, choose it by name (tensor "
                    + Printable.quoted(array.name()) + ")");
        }
        if (rank < 2 || rank > 4) {
            throw source
                    .error(found + " with " + rank + " axes, expected [iterations][tokens][hidden] or [iterations][batch][tokens][hidden]");
        }
        requireAxes(source, array, contents.metadata().get("axes"));
        for (long size : array.sizes()) {
            if (size == 0) {
                throw source.error(found + " with an axis of size 0, expected at least 1 on every axis");
            }
        }
        DType dtype = dtype(source, array, options);
        if (options.dtype().isPresent() && options.dtype().get() != dtype) {
            throw source.error(found + ", expected " + options.dtype().get().label() + " as given");
        }
        if (options.shape().isPresent() && !options.shape().get().equals(Shape.of(array.sizes()))) {
            throw source.error(found + ", expected the shape " + options.shape().get() + " as given");
        }
        long[] sizes = array.sizes();
        return new StatesChoice(array, dtype, rank == 2 ? Shape.of(sizes[0], 1, sizes[1]) : Shape.of(sizes), rank == 2);
    }

    private static StoredArray choose(Source source, Contents contents, TraceOptions options) throws TraceFormatException {
        if (contents.arrays().isEmpty()) {
            throw source.error("found no tensor, expected " + STATES);
        }
        if (options.tensor().isPresent()) {
            String name = options.tensor().get();
            if (!contents.named()) {
                throw source.error("found one array without a name, expected tensor " + Printable.quoted(name) + " as given");
            }
            StoredArray named = contents.find(name);
            if (named == null) {
                throw source.error(
                        "found only " + Printable.quoted(contents.names()) + ", expected tensor " + Printable.quoted(name) + " as given");
            }
            return named;
        }
        if (!contents.named()) {
            return contents.arrays().getFirst();
        }
        StoredArray states = contents.find(STATES);
        if (states != null) {
            return states;
        }
        List<StoredArray> candidates = contents.arrays().stream()
                .filter(a -> (a.rank() == 3 || a.rank() == 4) && !RESERVED.contains(a.name()))
                .toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (candidates.isEmpty()) {
            throw source.error("found only " + Printable.quoted(contents.names()) + ", expected '" + STATES
                    + "' or a tensor with 3 or 4 axes; [iterations][hidden] of one token must be chosen by name");
        }
        throw source
                .error("found several tensors with 3 or 4 axes, " + Printable.quoted(candidates.stream().map(StoredArray::name).toList())
                        + ", expected '" + STATES + "', or the one to use chosen by name");
    }

    private static void requireAxes(Source source, StoredArray array, @Nullable String axes) throws TraceFormatException {
        if (axes == null) {
            return;
        }
        List<String> found = Stream.of(axes.split(",", -1)).map(String::strip).toList();
        List<String> expected = switch (array.rank()) {
            case 2 -> ONE_TOKEN_AXES;
            case 3 -> AXES;
            default -> BATCH_AXES;
        };
        // A tensor of one token may stand in a file whose metadata describes all of them.
        if (found.equals(expected) || (array.rank() == 2 && found.equals(AXES))) {
            return;
        }
        String remedy = "";
        if (found.size() == expected.size() && Set.copyOf(found).equals(Set.copyOf(expected))) {
            List<Integer> order = new ArrayList<>();
            expected.forEach(axis -> order.add(found.indexOf(axis)));
            remedy = ": save S.permute(" + order.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ").contiguous()";
        }
        throw source.error("found axes " + Printable.quoted(axes) + " for " + array.label() + " of " + array.rank() + " axes, expected '"
                + String.join(",", expected) + "'" + remedy);
    }

    /** The floating-point type of an array; 16-bit whole numbers are bits of one if the caller says so. */
    static DType dtype(Source source, StoredArray array, TraceOptions options) throws TraceFormatException {
        if (array.obstacle() != null) {
            throw source.error(array.label() + " " + array.obstacle());
        }
        ElementType type = array.type();
        if (type != null && type.dtype() != null) {
            return type.dtype();
        }
        String remedy = "";
        if (type != null && type.isBits16()) {
            Optional<DType> given = options.dtype().filter(d -> d.bytes() == type.bytes());
            if (given.isPresent()) {
                return given.get();
            }
            remedy = "; if these are the bits of bfloat16, give dtype bf16";
        }
        throw source.error(array.label() + " is " + array.description() + ", expected BF16, F16, F32 or F64" + remedy);
    }
}
