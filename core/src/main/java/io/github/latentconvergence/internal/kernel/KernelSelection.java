package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.ffm.NativeLibraryException;
import io.github.latentconvergence.internal.ffm.NativeTier;
import io.github.latentconvergence.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which kernels there are on this machine, and which are best. A library that is there and wrong is always an error. */
public final class KernelSelection {
    private KernelSelection() {}

    /** The best kernels and why they are. */
    public record Choice(Kernels kernels, String reason, Optional<NativeLibrary> library) {}

    /**
     * The fastest CPU tier; the Java kernels where there is no native library.
     *
     * @throws NativeLibraryException if there is one and it is wrong
     */
    public static Choice best() {
        return Best.CHOICE.orElseGet(KernelSelection::find);
    }

    private static final class Best {
        /** Empty where the library is wrong: each caller is told anew, by an exception of its own and not by a class that cannot be initialized. */
        static final Optional<Choice> CHOICE = tryToFind();

        private static Optional<Choice> tryToFind() {
            try {
                return Optional.of(find());
            } catch (NativeLibraryException wrong) {
                return Optional.empty();
            }
        }
    }

    private static Choice find() {
        try {
            NativeLibrary library = library();
            NativeTier fastest = usable(library).getLast();
            return new Choice(new CpuKernels(fastest),
                    fastest.name() + " is the fastest tier that this processor and operating system run", Optional.of(library));
        } catch (NativeLibrary.UnavailableException missing) {
            System.getLogger("io.github.latentconvergence").log(System.Logger.Level.INFO,
                    "using the Java kernels: " + missing.getMessage());
            return new Choice(JavaKernels.INSTANCE, String.valueOf(missing.getMessage()), Optional.empty());
        }
    }

    /** The fastest CPU tier. */
    public static CpuKernels cpu() throws NativeLibrary.UnavailableException {
        return new CpuKernels(usable(library()).getLast());
    }

    /** One CPU tier by its name; empty if the library has none such, or this machine cannot run it. */
    public static Optional<CpuKernels> cpu(String tier) throws NativeLibrary.UnavailableException {
        return usable(library()).stream().filter(t -> t.name().equals(tier)).findFirst().map(CpuKernels::new);
    }

    /** The CUDA kernels on a device; the rest is left to the best there is. */
    public static CudaKernels cuda(int device) throws NativeLibrary.UnavailableException {
        return CudaKernels.of(device, best().kernels());
    }

    /** The CUDA kernels on states that are on a device. */
    public static CudaKernels cuda(CudaResident resident) {
        return CudaKernels.on(resident, best().kernels());
    }

    /** Every kernel of the processor that this machine can run, Java first, then the tiers from the slowest to the fastest. */
    public static List<Kernels> all() throws NativeLibrary.UnavailableException {
        List<Kernels> all = new ArrayList<>(List.of(JavaKernels.INSTANCE));
        usable(library()).forEach(tier -> all.add(new CpuKernels(tier)));
        return List.copyOf(all);
    }

    private static List<NativeTier> usable(NativeLibrary library) {
        return library.tiers().stream().filter(NativeTier::isUsable).toList();
    }

    private static NativeLibrary library() throws NativeLibrary.UnavailableException {
        NativeLibrary library = NativeLibrary.get();
        library.requireNames("lc_op_name", Arrays.stream(Op.values()).map(Op::nativeName).collect(Collectors.toList()));
        library.requireNames("lc_dtype_name", Arrays.stream(DType.values()).map(DType::label).collect(Collectors.toList()));
        return library;
    }
}
