package io.github.latentconvergence.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header of an npy file or npz member, versions 1 to 3: magic, version, length, a Python dictionary, then the data. Source: NumPy's own description,
 * {@code numpy.lib.format}.
 *
 * @param descr the element type as NumPy writes it; {@code structured} for a record type
 * @param dataOffset where the header ends
 */
record Npy(String descr, boolean fortranOrder, long[] sizes, long dataOffset) {
    /** NumPy itself refuses headers beyond 10 000 characters unless told otherwise. */
    static final long MAX_HEADER = 1 << 16;
    private static final int MAGIC = 6;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The beginning of something that may have to be inflated first. */
    interface Beginning {
        MemorySegment first(long bytes) throws IOException;
    }

    static boolean recognizes(MemorySegment bytes) {
        return bytes.byteSize() >= MAGIC
                && bytes.asSlice(0, MAGIC).mismatch(MemorySegment.ofArray("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1))) < 0;
    }

    static Contents read(Source source) throws IOException {
        Npy header = parse(source, "", source.size(), n -> source.bytes().asSlice(0, n));
        MemorySegment data = source.bytes().asSlice(header.dataOffset);
        return Contents.single(header.array(source, "", data.byteSize(), () -> data));
    }

    /**
     * @param prefix begins every message, for members of an archive
     * @param size of header and data
     */
    static Npy parse(Source source, String prefix, long size, Beginning beginning) throws IOException {
        if (size < MAGIC + 4 || !recognizes(beginning.first(MAGIC))) {
            throw source.error(prefix + "found " + size + " bytes without an npy header, expected \\x93NUMPY, a version and a length");
        }
        MemorySegment start = beginning.first(Math.min(size, MAGIC + 6));
        int version = start.get(ValueLayout.JAVA_BYTE, MAGIC) & 0xff;
        if (version < 1 || version > 3) {
            throw source.error(prefix + "found npy version " + version + ", expected 1, 2 or 3");
        }
        long offset = MAGIC + (version == 1 ? 4L : 6L);
        if (size < offset) {
            throw source.error(prefix + "the npy header is cut short, expected its length");
        }
        long length = version == 1 ? start.get(U16, MAGIC + 2) & 0xffffL : start.get(U32, MAGIC + 2) & 0xffff_ffffL;
        if (length > MAX_HEADER) {
            throw source.error(prefix + "found an npy header length of " + length + " bytes, expected at most " + MAX_HEADER);
        }
        if (length > size - offset) {
            throw source.error(prefix + "found an npy header length of " + length + " bytes, expected at most the " + (size - offset)
                    + " that follow: it is cut short");
        }
        byte[] text = beginning.first(offset + length).asSlice(offset).toArray(ValueLayout.JAVA_BYTE);
        String header = new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        if (!header.endsWith("\n")) {
            throw source.error(prefix + "the npy header does not end with a line feed, expected one as its terminator");
        }
        return new NpyHeader(source, prefix, header).parse(offset + length);
    }

    /** @param dataBytes what is there; it must be exactly what type and shape say */
    StoredArray array(Source source, String name, long dataBytes, StoredArray.Data data) throws TraceFormatException {
        ElementType type = ElementType.ofNpy(descr);
        String label = name.isEmpty() ? "the array" : "member " + Printable.quoted(name);
        String described = descr + " " + Printable.shape(sizes);
        try {
            long elements = StoredArray.elements(sizes);
            if (type != null && Math.multiplyExact(elements, type.bytes()) != dataBytes) {
                throw source
                        .error(label + " has " + dataBytes + " bytes of data, expected " + elements * type.bytes() + " for " + described);
            }
        } catch (ArithmeticException overflow) {
            throw source.error(label + " is " + described + ", expected fewer than 2^63 bytes");
        }
        return new StoredArray(name, type, descr, sizes, obstacle(), data);
    }

    private @Nullable String obstacle() {
        if (descr.startsWith(">")) {
            return "is big-endian (" + descr + "), expected little-endian: save a.astype('<" + descr.substring(1) + "')";
        }
        if (descr.endsWith("O")) {
            return "holds Python objects (" + descr + "), expected numbers";
        }
        if (fortranOrder && sizes.length > 1) {
            return "is in Fortran order, expected C order: save numpy.ascontiguousarray(a)";
        }
        return null;
    }
}
