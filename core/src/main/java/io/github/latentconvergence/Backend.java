package io.github.latentconvergence;

import java.util.Locale;

/** What computes the reductions. Every backend returns the same bits. */
public enum Backend {
    /**
     * The fastest there is: the CPU kernels, or the Java ones, with one logged line, where the native library is missing. Never CUDA for states in the host's memory, which the
     * processor has read before a device has fetched them; always CUDA for {@link DeviceStates}.
     */
    AUTO,
    /** Plain Java. */
    JAVA,
    /** C kernels through the Foreign Function and Memory API; an error where the library is missing. */
    CPU,
    /** CUDA kernels, for states in the host's memory tile by tile; an error, which says why, where there is no device, no driver or no kernels. */
    CUDA;

    /** An instruction set that the C kernels are compiled for. */
    public enum Tier {
        /** Portable C. */
        SCALAR,
        /** x86-64 with AVX2, FMA and F16C. */
        AVX2,
        /** x86-64 with AVX-512 F, BW, DQ and VL. */
        AVX512,
        /** 64-bit Arm with Advanced SIMD. */
        NEON;

        /** The name on the command line and in reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The tier with this label.
         *
         * @throws IllegalArgumentException if there is none; the message lists those there are
         */
        public static Tier ofLabel(String label) {
            return Labels.find("tier", Tier.values(), Tier::label, label);
        }
    }

    /** The name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The backend with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Backend ofLabel(String label) {
        return Labels.find("backend", values(), Backend::label, label);
    }
}
