package io.github.latentconvergence.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Opens traces: safetensors, npy, npz, or raw bytes of a given shape. The format is recognised by the content.
 *
 * <p><b>Shape</b>: {@code [iterations][tokens][hidden]} or {@code [iterations][batch][tokens][hidden]}, C order. An array {@code [iterations][hidden]} is one token:
 * accepted where the file holds a single array (npy, raw) or the tensor is {@linkplain TraceOptions#withTensor named}. <b>Dtype</b>: bf16, f16, f32, f64, little-endian.
 *
 * <p><b>Beside the states</b> (safetensors, npz): {@code reference} {@code [tokens][hidden]} ({@code [batch][tokens][hidden]} with a batch) and {@code logits}
 * {@code [iterations]...[tokens][vocabulary]} in any of these types; {@code norm_weight} {@code [hidden]}; {@code token_ids}, whole numbers, and {@code mask},
 * {@code [tokens]} or {@code [batch][tokens]}. A mask follows the convention of an attention mask: a value other than 0 is a real token, 0 is padding; whole numbers,
 * truth values, or 0.0 and 1.0. Metadata (safetensors): {@code axes}, {@code has_s0}, {@code norm}, {@code reference_norm}, {@code tokens}, {@code model}.
 *
 * <p><b>Ownership</b>: the file is mapped, never read onto the heap, and the {@link Trace} owns the mapping until it is closed; deflated members of an npz are inflated
 * off-heap. Nothing is left open when opening fails. A file that another program cuts short while it is mapped ends the process with a bus error. <b>Threads</b>: any.
 * <b>NaN</b>: values are not looked at, except those of {@code mask} and {@code token_ids}.
 *
 * <p><b>Errors</b>: {@link TraceFormatException} says on one line what was found, what was expected and in which file; a missing or unreadable file is a
 * {@link java.nio.file.NoSuchFileException} or {@link java.nio.file.AccessDeniedException}. <b>Source</b>: the descriptions of
 * <a href="https://huggingface.co/docs/safetensors">safetensors</a>, of NumPy's {@code numpy.lib.format}, and PKWARE's APPNOTE.TXT.
 */
public final class TraceFiles {
    private TraceFiles() {}

    /**
     * Opens a trace with nothing said beside the file.
     *
     * @throws TraceFormatException if the file is not a trace
     * @throws IOException if the file cannot be read or mapped
     */
    public static Trace open(Path file) throws IOException {
        return open(file, TraceOptions.defaults());
    }

    /**
     * Opens a trace.
     *
     * @throws TraceFormatException if the file is not a trace, contradicts the options, or needs an option to be understood
     * @throws IOException if the file, or the file of token texts, cannot be read or mapped
     */
    public static Trace open(Path file, TraceOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        Source source = Source.map(file);
        boolean opened = false;
        try {
            Trace trace = TraceAssembly.assemble(source, contents(source, options), options);
            opened = true;
            return trace;
        } finally {
            if (!opened) {
                source.close();
            }
        }
    }

    private static Contents contents(Source source, TraceOptions options) throws IOException {
        // First, because raw numbers may happen to begin like anything; a file with a header is never exactly as long as its data.
        if (Raw.fits(source, options)) {
            return Raw.read(source, options);
        }
        if (Npy.recognizes(source.bytes())) {
            return Npy.read(source);
        }
        if (ZipDirectory.recognizes(source.bytes())) {
            return Npz.read(source);
        }
        if (Safetensors.recognizes(source.bytes())) {
            return Safetensors.read(source);
        }
        if (Pickle.recognizes(source.bytes())) {
            throw Pickle.refused(source);
        }
        if (source.path().toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            return Safetensors.read(source);
        }
        return Raw.read(source, options);
    }
}
