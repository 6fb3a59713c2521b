package io.github.latentconvergence.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What {@code torch.save} writes: a program that runs when it is read. It is recognised only to say how to convert it. */
final class Pickle {
    private Pickle() {}

    /** A pickle of protocol 2 to 5. The length of a safetensors header may begin with the same two bytes, but is followed by zeros. */
    static boolean recognizes(MemorySegment bytes) {
        return bytes.byteSize() > 2 && at(bytes, 0) == 0x80 && at(bytes, 1) >= 2 && at(bytes, 1) <= 5 && at(bytes, 2) != 0;
    }

    private static int at(MemorySegment bytes, long index) {
        return bytes.get(ValueLayout.JAVA_BYTE, index) & 0xff;
    }

    static TraceFormatException refused(Source source) {
        return source.error("found a PyTorch or Python pickle, which may run code when it is read, expected safetensors; in Python: "
                + "from safetensors.torch import save_file; "
                + "save_file({\"states\": S.contiguous()}, \"trace.safetensors\", metadata={\"has_s0\": \"true\"})");
    }
}
