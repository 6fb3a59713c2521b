package io.github.latentconvergence.io;

import static io.github.latentconvergence.io.TraceBytes.join;
import static io.github.latentconvergence.io.TraceBytes.little;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small zip archives, byte by byte, so that they can be wrong on purpose. */
public final class ZipBytes {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<byte[]> directory = new ArrayList<>();
    private boolean zip64;

    /** An archive without members. */
    public ZipBytes() {}

    /** Members from here on, and the end of the archive, are written as for sizes beyond 4 GiB. */
    public ZipBytes zip64() {
        zip64 = true;
        return this;
    }

    /** As {@code numpy.savez}. */
    public ZipBytes stored(String name, byte... content) {
        return member(name, 0, 0, content, content.length, crc(content));
    }

    /** As {@code numpy.savez_compressed}. */
    public ZipBytes deflated(String name, byte... content) {
        return member(name, 0, 8, deflate(content), content.length, crc(content));
    }

    /** A member with anything in its headers. */
    public ZipBytes member(String name, int flags, int method, byte[] data, long size, long crc) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int at = body.size();
        byte[] common = join(little(2, flags), little(2, method), little(4, 0), little(4, crc));
        byte[] narrow = zip64 ? little(8, -1) : join(little(4, data.length), little(4, size));
        byte[] localExtra = zip64 ? join(little(2, 1), little(2, 16), little(8, size), little(8, data.length)) : new byte[0];
        byte[] extra = zip64 ? join(little(2, 0x7777), little(2, 1), new byte[1], localExtra) : new byte[0];
        body.writeBytes(
                join(little(4, 0x04034b50), little(2, 45), common, narrow, little(2, utf8.length), little(2, localExtra.length), utf8,
                        localExtra, data));
        directory.add(
                join(little(4, 0x02014b50), little(2, 45), little(2, 45), common, narrow, little(2, utf8.length), little(2, extra.length),
                        little(2, 0), little(2, 0), little(2, 0), little(4, 0), little(4, at), utf8, extra));
        return this;
    }

    /** The archive. */
    public byte[] bytes() {
        byte[] entries = join(directory.toArray(byte[][]::new));
        int at = body.size();
        int count = directory.size();
        byte[] head = join(body.toByteArray(), entries);
        if (zip64) {
            byte[] end = join(little(4, 0x06064b50), little(8, 44), little(2, 45), little(2, 45), little(8, 0), little(8, count),
                    little(8, count), little(8, entries.length), little(8, at));
            byte[] locator = join(little(4, 0x07064b50), little(4, 0), little(8, head.length), little(4, 1));
            return join(head, end, locator, little(4, 0x06054b50), little(4, 0), little(8, -1), little(4, -1), little(2, 0));
        }
        return join(head, little(4, 0x06054b50), little(4, 0), little(2, count), little(2, count), little(4, entries.length), little(4, at),
                little(2, 0));
    }

    /** A raw deflate stream. */
    public static byte[] deflate(byte... content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] out = new byte[content.length + 64];
            int length = deflater.deflate(out);
            return java.util.Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }

    /** CRC-32 as zip has it. */
    public static long crc(byte... content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
