package io.github.latentconvergence.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Linux's page cache of one file, through the C library: {@code posix_fadvise(POSIX_FADV_DONTNEED)} asks for the file's clean pages to be dropped, {@code mincore} tells
 * which are there. No special right is needed. What lies below stays as it is: the disk's own cache, and the host's under a virtual machine.
 */
final class PageCache {
    private static final int O_RDONLY = 0;
    private static final int POSIX_FADV_DONTNEED = 4;
    private static final long PAGE = 4096;

    private final MethodHandle open = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private final MethodHandle close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private final MethodHandle advise = function("posix_fadvise",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private final MethodHandle resident = function("mincore", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS));

    @SuppressWarnings("restricted") // the C library has no other door
    private static MethodHandle function(String name, FunctionDescriptor signature, Linker.Option... options) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new IllegalStateException(
                    "a file can be dropped from the page cache on Linux only; this is " + System.getProperty("os.name"));
        }
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, options);
    }

    /**
     * Drops a file that is not mapped. Its contents are written to the disk first, for only clean pages are dropped.
     *
     * @throws IOException if a tenth of it or more is still there, as on a file system in memory
     */
    void drop(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        advise(file);
        double left = residentShare(file);
        if (left >= 0.1) {
            throw new IOException(String.format("%.0f %% of %s stay in the page cache: expected a file system on a disk; "
                    + "-jvmArgsAppend -Djava.io.tmpdir=FOLDER chooses another folder", 100 * left, file));
        }
    }

    private void advise(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = PlainCall.of(() -> (int) open.invokeExact(arena.allocateFrom(file.toString()), O_RDONLY));
            if (descriptor < 0) {
                throw new IOException(file + " cannot be opened");
            }
            int status = PlainCall.of(() -> (int) advise.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED));
            PlainCall.of(() -> (int) close.invokeExact(descriptor));
            if (status != 0) {
                throw new IOException(file + " cannot be dropped from the page cache: posix_fadvise gave " + status);
            }
        }
    }

    /** How much of a file is in the page cache, from 0 to 1. */
    double residentShare(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined(); FileChannel channel = FileChannel.open(file)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            long pages = (mapped.byteSize() + PAGE - 1) / PAGE;
            MemorySegment flags = arena.allocate(pages);
            if (PlainCall.of(() -> (int) resident.invokeExact(mapped, mapped.byteSize(), flags)) != 0) {
                throw new IOException("the page cache does not tell what it has of " + file);
            }
            return (double) flags.elements(JAVA_BYTE).filter(flag -> (flag.get(JAVA_BYTE, 0) & 1) != 0).count() / pages;
        }
    }
}
