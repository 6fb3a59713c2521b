package io.github.latentconvergence.io;

import io.github.latentconvergence.io.ZipDirectory.Member;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A deflated member of an archive, inflated off-heap: its beginning to see what it is, all of it only if it is wanted. */
final class Inflation {
    /** Deflate cannot do better than 1032 to 1, so that a small file cannot ask for a large memory. */
    private static final long BEST_RATIO = 1032;
    private static final long CHUNK = 1 << 20;

    private final Source source;
    private final Member member;
    private final MemorySegment compressed;

    Inflation(Source source, Member member, MemorySegment compressed) throws TraceFormatException {
        this.source = source;
        this.member = member;
        this.compressed = compressed;
        if (member.size() / BEST_RATIO > compressed.byteSize()) {
            throw source.error(member.label() + " claims " + member.size() + " bytes from " + compressed.byteSize()
                    + " compressed ones, expected at most " + BEST_RATIO + " for one");
        }
    }

    /** The first bytes; no more than the member has. */
    MemorySegment first(long bytes) throws IOException {
        MemorySegment out = MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
        Inflater inflater = new Inflater(true);
        try {
            inflate(inflater, out);
        } finally {
            inflater.end();
        }
        return out;
    }

    /** Everything, checked against the archive's CRC-32, in memory that lives as long as the trace. */
    MemorySegment all() throws IOException {
        MemorySegment out = source.allocate(member.size(), member.label() + " inflated (numpy.savez stores it so that it can be mapped)");
        Inflater inflater = new Inflater(true);
        try {
            long used = inflate(inflater, out);
            if (!inflater.finished()) {
                finish(inflater, used);
            }
        } finally {
            inflater.end();
        }
        CRC32 crc = new CRC32();
        for (long at = 0; at < out.byteSize(); at += CHUNK) {
            crc.update(chunk(out, at));
        }
        if (crc.getValue() != member.crc()) {
            throw source.error(
                    String.format("%s has CRC-32 %08x, expected %08x: the file is damaged", member.label(), crc.getValue(), member.crc()));
        }
        return out;
    }

    /** Fills {@code out}; gives back how much of the input has been handed to the inflater. */
    private long inflate(Inflater inflater, MemorySegment out) throws TraceFormatException {
        long used = 0;
        long done = 0;
        while (done < out.byteSize()) {
            if (inflater.needsInput() && used < compressed.byteSize()) {
                used += give(inflater, used);
            }
            int now = step(inflater, chunk(out, done));
            done += now;
            boolean starved = inflater.needsInput() && used == compressed.byteSize();
            if (now == 0 && (inflater.finished() || inflater.needsDictionary() || starved)) {
                throw source.error(member.label() + " inflates to " + done + " bytes only, expected " + member.size());
            }
        }
        return used;
    }

    /** The end marker may still be to come, but no more data. */
    private void finish(Inflater inflater, long given) throws TraceFormatException {
        long used = given;
        ByteBuffer none = ByteBuffer.allocate(1);
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                if (used == compressed.byteSize()) {
                    throw source.error(member.label() + " has no end marker, expected a complete deflate stream");
                }
                used += give(inflater, used);
            }
            if (step(inflater, none) > 0 || inflater.needsDictionary()) {
                throw source.error(member.label() + " inflates to more than the " + member.size() + " bytes expected");
            }
        }
    }

    private int give(Inflater inflater, long at) {
        ByteBuffer next = chunk(compressed, at);
        inflater.setInput(next);
        return next.remaining();
    }

    private int step(Inflater inflater, ByteBuffer out) throws TraceFormatException {
        try {
            return inflater.inflate(out);
        } catch (DataFormatException damaged) {
            throw source
                    .error(member.label() + " is not a deflate stream (" + damaged.getMessage() + "), expected one: the file is damaged");
        }
    }

    private static ByteBuffer chunk(MemorySegment segment, long at) {
        return segment.asSlice(at, Math.min(CHUNK, segment.byteSize() - at)).asByteBuffer();
    }
}
