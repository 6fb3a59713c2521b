package io.github.latentconvergence.tensor;

import java.util.Locale;

/**
 * How one component of a state is stored. All are little-endian IEEE 754 formats or, for {@link #BF16}, the upper half of one; each is widened
 * to float32 (float64 for {@link #F64}) exactly, so that no choice of type adds an error of its own.
 */
public enum DType {
    /** bfloat16: the upper 16 bits of a float32. */
    BF16(2, 0x1p-8),
    /** IEEE 754 half precision. */
    F16(2, 0x1p-11),
    /** IEEE 754 single precision. */
    F32(4, 0x1p-24),
    /** IEEE 754 double precision. */
    F64(8, 0x1p-53);

    private final int bytes;
    private final double unitRoundoff;

    DType(int bytes, double unitRoundoff) {
        this.bytes = bytes;
        this.unitRoundoff = unitRoundoff;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The largest relative error of rounding a number to this type, {@code u} in the literature: half the distance from 1 to the next number. */
    public double unitRoundoff() {
        return unitRoundoff;
    }

    /** The name used in files, on the command line and in results: {@code bf16}, {@code f16}, {@code f32}, {@code f64}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type with this label, in either case.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static DType ofLabel(String label) {
        for (DType d : values()) {
            if (d.name().equalsIgnoreCase(label)) {
                return d;
            }
        }
        throw new IllegalArgumentException("unknown dtype '" + label + "': expected bf16, f16, f32 or f64");
    }
}
