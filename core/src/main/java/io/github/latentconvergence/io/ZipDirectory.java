package io.github.latentconvergence.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The central directory of a zip archive, zip64 included. {@code java.util.zip} does not say where a member's data begins, which is what mapping it needs. Source:
 * PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3.
 */
final class ZipDirectory {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    /** Tens of thousands of members. */
    private static final long MAX_BYTES = 1 << 22;
    private static final int END = 22;
    private static final int ENTRY = 46;
    private static final int LOCAL = 30;
    private static final long FULL = 0xffff_ffffL;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Source source;
    private final MemorySegment bytes;
    private long offset;
    private long size;
    private long count;

    /**
     * @param size after inflation
     * @param localOffset where its local header stands, in front of the data
     */
    record Member(String name, int flags, int method, long crc, long compressedSize, long size, long localOffset) {
        String label() {
            return "member " + Printable.quoted(name);
        }
    }

    ZipDirectory(Source source) {
        this.source = source;
        this.bytes = source.bytes();
    }

    /** Whether it begins as an archive with members, or as an empty one. */
    static boolean recognizes(MemorySegment bytes) {
        return bytes.byteSize() >= 4 && (bytes.get(U32, 0) == 0x04034b50 || bytes.get(U32, 0) == 0x06054b50);
    }

    List<Member> members() throws TraceFormatException {
        findDirectory();
        if (size > MAX_BYTES) {
            throw source.error("found a zip directory of " + size + " bytes, expected at most " + MAX_BYTES);
        }
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long at = offset;
        while (at < offset + size) {
            long left = offset + size - at;
            if (left < ENTRY || u32(at) != 0x02014b50) {
                throw source.error("found no entry at byte " + at + " of the zip directory, expected one");
            }
            int nameLength = u16(at + 28);
            int extraLength = u16(at + 30);
            long length = ENTRY + nameLength + (long) extraLength + u16(at + 32);
            if (length > left) {
                throw source.error("the zip directory is cut short at byte " + at + ", expected a whole entry");
            }
            Member member = member(at, nameLength, extraLength);
            if (!names.add(member.name)) {
                throw source.error("found a second " + member.label() + ", expected each name once");
            }
            members.add(member);
            at += length;
        }
        if (members.size() != count) {
            throw source.error("found " + members.size() + " entries in the zip directory, expected the " + count + " that it announces");
        }
        return members;
    }

    private void findDirectory() throws TraceFormatException {
        long end = endRecord();
        count = u16(end + 10);
        size = u32(end + 12);
        offset = u32(end + 16);
        long limit = end;
        if (count == 0xffff || size == FULL || offset == FULL) {
            long locator = end - 20;
            if (locator < 0 || u32(locator) != 0x07064b50) {
                throw source.error("found no zip64 locator, expected one for an archive of this size");
            }
            limit = u64(locator + 8);
            if (limit < 0 || limit > locator - 56 || u32(limit) != 0x06064b50) {
                throw source.error("found no zip64 end record at byte " + limit + ", expected one where the locator points");
            }
            count = u64(limit + 32);
            size = u64(limit + 40);
            offset = u64(limit + 48);
        }
        if (offset < 0 || size < 0 || offset > limit || size > limit - offset) {
            throw source
                    .error("found a zip directory of " + size + " bytes at byte " + offset + ", expected it to end before byte " + limit);
        }
    }

    private long endRecord() throws TraceFormatException {
        long last = bytes.byteSize() - END;
        for (long at = last; at >= 0 && at >= last - 0xffff; at--) {
            if (u32(at) == 0x06054b50 && at + END + u16(at + 20) == bytes.byteSize()) {
                return at;
            }
        }
        throw source.error("found no zip directory at the end, expected one: the file is cut short or not an npz");
    }

    private Member member(long at, int nameLength, int extraLength) throws TraceFormatException {
        int flags = u16(at + 8);
        byte[] name = bytes.asSlice(at + ENTRY, nameLength).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(name, (flags & 0x800) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        long[] wide = {u32(at + 24), u32(at + 20), u32(at + 42)};
        widen(wide, at + ENTRY + nameLength, extraLength);
        Member member = new Member(text, flags, u16(at + 10), u32(at + 16), wide[1], wide[0], wide[2]);
        if (member.size < 0 || member.compressedSize < 0 || member.localOffset < 0) {
            throw source.error(member.label() + " has a size or offset beyond 2^63 - 1, expected a 64-bit number");
        }
        return member;
    }

    /** The zip64 extra field holds, in order, only those of the values that are all ones in the entry itself. */
    private void widen(long[] values, long extra, int extraLength) throws TraceFormatException {
        long end = extra + extraLength;
        for (long at = extra; at + 4 <= end; at += 4 + u16(at + 2)) {
            if (u16(at) != 1) {
                continue;
            }
            long field = at + 4;
            long fieldEnd = Math.min(end, field + u16(at + 2));
            for (int i = 0; i < values.length; i++) {
                if (values[i] == FULL) {
                    if (field + 8 > fieldEnd) {
                        throw source
                                .error("found a zip64 field of " + u16(at + 2) + " bytes, expected every size that the entry leaves to it");
                    }
                    values[i] = u64(field);
                    field += 8;
                }
            }
            return;
        }
    }

    /** The member's bytes as they stand in the archive, compressed or not. */
    MemorySegment data(Member member) throws TraceFormatException {
        if ((member.flags & 1) != 0) {
            throw source.error(member.label() + " is encrypted, expected plain data");
        }
        long local = member.localOffset;
        if (local > offset - LOCAL || u32(local) != 0x04034b50) {
            throw source.error(member.label() + " has no local header at byte " + local + ", expected one where the directory points");
        }
        // Name and extra field may be of other lengths here than in the directory.
        long begin = local + LOCAL + u16(local + 26) + u16(local + 28);
        if (u16(local + 8) != member.method) {
            throw source
                    .error(member.label() + " has compression method " + u16(local + 8) + " in front of its data, expected " + member.method
                            + " as in the directory");
        }
        if (begin > offset || member.compressedSize > offset - begin) {
            throw source.error(member.label() + " has " + member.compressedSize + " bytes from byte " + begin
                    + ", expected it to end before the zip directory at byte " + offset);
        }
        return bytes.asSlice(begin, member.compressedSize);
    }

    private int u16(long at) {
        return bytes.get(U16, at) & 0xffff;
    }

    private long u32(long at) {
        return bytes.get(U32, at) & FULL;
    }

    private long u64(long at) {
        return bytes.get(U64, at);
    }
}
