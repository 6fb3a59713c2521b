package io.github.latentconvergence.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: its length as u64, then JSON, then the data, all little-endian. Source: the format's own description,
 * <a href="https://huggingface.co/docs/safetensors">huggingface.co/docs/safetensors</a>. Gaps between tensors are allowed, overlaps are not.
 */
final class Safetensors {
    /** As upstream. */
    static final long MAX_HEADER = 100_000_000;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Source source;
    private final MemorySegment data;
    private final List<StoredArray> arrays = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();

    private record Range(String name, long begin, long end) {}

    private Safetensors(Source source, MemorySegment data) {
        this.source = source;
        this.data = data;
    }

    /** Whether the bytes look like it; there is no magic number but the brace that opens the header. */
    static boolean recognizes(MemorySegment bytes) {
        return bytes.byteSize() > Long.BYTES && bytes.get(ValueLayout.JAVA_BYTE, Long.BYTES) == '{';
    }

    static Contents read(Source source) throws TraceFormatException {
        if (source.size() < Long.BYTES) {
            throw source.error("the file has " + source.size() + " byte(s), expected 8 bytes of safetensors header length first");
        }
        long length = source.bytes().get(U64, 0);
        if (length < 2 || length > MAX_HEADER) {
            throw source
                    .error("found a safetensors header length of " + Long.toUnsignedString(length) + " bytes, expected 2 to " + MAX_HEADER);
        }
        if (length > source.size() - Long.BYTES) {
            throw source.error("found a safetensors header length of " + length + " bytes, expected at most the "
                    + (source.size() - Long.BYTES) + " that follow: the file is cut short or not a safetensors file");
        }
        MemorySegment header = source.bytes().asSlice(Long.BYTES, length);
        if (header.get(ValueLayout.JAVA_BYTE, 0) != '{') {
            throw source.error("the header begins with byte 0x" + String.format("%02x", header.get(ValueLayout.JAVA_BYTE, 0))
                    + ", expected '{' of a safetensors header");
        }
        Safetensors file = new Safetensors(source, source.bytes().asSlice(Long.BYTES + length));
        return file.contents(((Json.Members) JsonParser.parse(source.path(), "header", header)).values());
    }

    private Contents contents(Map<String, Json> header) throws TraceFormatException {
        Map<String, String> metadata = Map.of();
        for (Map.Entry<String, Json> entry : header.entrySet()) {
            if (entry.getKey().equals("__metadata__")) {
                metadata = metadata(entry.getValue());
            } else {
                add(entry.getKey(), entry.getValue());
            }
        }
        requireDisjoint();
        return new Contents(arrays, metadata, true);
    }

    private Map<String, String> metadata(Json value) throws TraceFormatException {
        if (!(value instanceof Json.Members members)) {
            throw source.error("__metadata__ is " + value.kind() + ", expected an object of strings");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, Json> entry : members.values().entrySet()) {
            if (!(entry.getValue() instanceof Json.Text text)) {
                throw source
                        .error("metadata " + Printable.quoted(entry.getKey()) + " is " + entry.getValue().kind() + ", expected a string");
            }
            metadata.put(entry.getKey(), text.value());
        }
        return Collections.unmodifiableMap(metadata);
    }

    private void add(String name, Json entry) throws TraceFormatException {
        String label = "tensor " + Printable.quoted(name);
        if (!(entry instanceof Json.Members members)) {
            throw source.error(label + " is " + entry.kind() + ", expected an object with dtype, shape and data_offsets");
        }
        Json dtype = members.values().get("dtype");
        if (!(dtype instanceof Json.Text typeName)) {
            throw source.error(label + " has " + kind(dtype) + " for dtype, expected a string");
        }
        long[] sizes = wholes(label, "shape", members.values().get("shape"));
        long[] offsets = wholes(label, "data_offsets", members.values().get("data_offsets"));
        if (offsets.length != 2) {
            throw source.error(label + " has " + offsets.length + " data_offsets, expected begin and end");
        }
        long begin = offsets[0];
        long end = offsets[1];
        if (begin > end) {
            throw source.error(label + " begins at " + begin + " and ends at " + end + ", expected begin <= end");
        }
        if (end > data.byteSize()) {
            throw source.error(label + " ends at byte " + end + " of the data, expected at most the " + data.byteSize()
                    + " bytes that the file has: it is cut short or its header is wrong");
        }
        ElementType type = ElementType.ofSafetensors(typeName.value());
        requireSize(label, typeName.value(), type, sizes, end - begin);
        ranges.add(new Range(name, begin, end));
        arrays.add(new StoredArray(name, type, escapedType(typeName.value()), sizes, null, () -> data.asSlice(begin, end - begin)));
    }

    private static String escapedType(String typeName) {
        return typeName.length() <= 20 ? typeName : typeName.substring(0, 20) + "...";
    }

    private long[] wholes(String label, String key, @Nullable Json value) throws TraceFormatException {
        if (!(value instanceof Json.Array array)) {
            throw source.error(label + " has " + kind(value) + " for " + key + ", expected an array of whole numbers");
        }
        long[] wholes = new long[array.values().size()];
        for (int i = 0; i < wholes.length; i++) {
            if (!(array.values().get(i) instanceof Json.Numeral number)) {
                throw source.error(label + " has " + array.values().get(i).kind() + " in its " + key + ", expected whole numbers");
            }
            try {
                wholes[i] = number.whole();
            } catch (ArithmeticException wrong) {
                throw source.error(label + ": " + wrong.getMessage() + " in its " + key + ", expected whole numbers from 0 to 2^63 - 1");
            }
        }
        return wholes;
    }

    /** A type that is not ours may take a fraction of a byte for an element, so that only its count is checked. */
    private void requireSize(String label, String typeName, @Nullable ElementType type, long[] sizes, long found)
            throws TraceFormatException {
        String shape = escapedType(typeName) + " " + Printable.shape(sizes);
        try {
            long elements = StoredArray.elements(sizes);
            if (type != null && Math.multiplyExact(elements, type.bytes()) != found) {
                throw source.error(label + " has " + found + " bytes of data, expected " + elements * type.bytes() + " for " + shape);
            }
        } catch (ArithmeticException overflow) {
            throw source.error(label + " is " + shape + ", expected fewer than 2^63 bytes");
        }
    }

    private void requireDisjoint() throws TraceFormatException {
        ranges.removeIf(r -> r.begin == r.end);
        ranges.sort(Comparator.comparingLong(Range::begin));
        for (int i = 1; i < ranges.size(); i++) {
            Range before = ranges.get(i - 1);
            Range after = ranges.get(i);
            if (after.begin < before.end) {
                throw source
                        .error("tensor " + Printable.quoted(after.name) + " begins at byte " + after.begin + " of the data, inside tensor "
                                + Printable.quoted(before.name) + " that ends at " + before.end + ", expected tensors that do not overlap");
            }
        }
    }

    private static String kind(@Nullable Json value) {
        return value == null ? "nothing" : value.kind();
    }
}
