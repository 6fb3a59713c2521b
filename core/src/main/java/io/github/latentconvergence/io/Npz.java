package io.github.latentconvergence.io;

import io.github.latentconvergence.io.ZipDirectory.Member;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A zip archive of npy members, as {@code numpy.savez} (stored: mapped in place) and {@code numpy.savez_compressed} (deflated: inflated off-heap) write it. */
final class Npz {
    private Npz() {}

    static Contents read(Source source) throws IOException {
        ZipDirectory directory = new ZipDirectory(source);
        List<Member> members = directory.members();
        if (members.stream().anyMatch(m -> m.name().equals("data.pkl") || m.name().endsWith("/data.pkl"))) {
            throw Pickle.refused(source);
        }
        List<StoredArray> arrays = new ArrayList<>();
        for (Member member : members) {
            if (member.name().endsWith(".npy")) {
                arrays.add(array(source, directory, member));
            }
        }
        if (arrays.isEmpty()) {
            throw source.error("found a zip archive without .npy members, expected an npz as numpy.savez writes it");
        }
        return new Contents(arrays, Map.of(), true);
    }

    private static StoredArray array(Source source, ZipDirectory directory, Member member) throws IOException {
        String name = member.name().substring(0, member.name().length() - ".npy".length());
        String prefix = member.label() + ": ";
        MemorySegment data = directory.data(member);
        return switch (member.method()) {
            case ZipDirectory.STORED -> stored(source, name, prefix, member, data);
            case ZipDirectory.DEFLATED -> deflated(source, name, prefix, member, data);
            default -> throw source.error(prefix + "found compression method " + member.method() + ", expected 0 (stored) or 8 (deflated)");
        };
    }

    /** Mapped in place. Its CRC-32 is not looked at: that would read all of it. */
    private static StoredArray stored(Source source, String name, String prefix, Member member, MemorySegment data) throws IOException {
        if (member.size() != member.compressedSize()) {
            throw source.error(prefix + "found " + member.compressedSize() + " bytes stored, expected " + member.size());
        }
        Npy header = Npy.parse(source, prefix, member.size(), n -> data.asSlice(0, n));
        MemorySegment elements = data.asSlice(header.dataOffset());
        return header.array(source, name, elements.byteSize(), () -> elements);
    }

    private static StoredArray deflated(Source source, String name, String prefix, Member member, MemorySegment data) throws IOException {
        Inflation inflation = new Inflation(source, member, data);
        Npy header = Npy.parse(source, prefix, member.size(), inflation::first);
        return header.array(source, name, member.size() - header.dataOffset(), () -> inflation.all().asSlice(header.dataOffset()));
    }
}
