package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.DType;
import org.jspecify.annotations.Nullable;

/** How one element of a stored array is written: the types that states or what stands beside them may have. */
enum ElementType {
    BF16(2, DType.BF16), F16(2, DType.F16), F32(4, DType.F32), F64(8, DType.F64), BOOL(1, null), U8(1, null), I8(1, null), U16(2,
            null), I16(2, null), U32(4, null), I32(4, null), U64(8, null), I64(8, null);

    private final int bytes;
    private final @Nullable DType dtype;

    ElementType(int bytes, @Nullable DType dtype) {
        this.bytes = bytes;
        this.dtype = dtype;
    }

    int bytes() {
        return bytes;
    }

    /** The floating-point type; null for whole numbers and truth values. */
    @Nullable
    DType dtype() {
        return dtype;
    }

    /** Whether it is how bfloat16 is kept where a format has no word for it. */
    boolean isBits16() {
        return this == U16 || this == I16;
    }

    /** The type that safetensors calls {@code name}; null for one that this library has no use for. */
    static @Nullable ElementType ofSafetensors(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** The little-endian type that NumPy writes as {@code descr}; null for any other. */
    static @Nullable ElementType ofNpy(String descr) {
        return switch (descr) {
            // ml_dtypes' bfloat16, to NumPy two opaque bytes; it has no other type of that size.
            case "<V2", "|V2" -> BF16;
            case "<f2" -> F16;
            case "<f4" -> F32;
            case "<f8" -> F64;
            case "|b1" -> BOOL;
            case "|u1" -> U8;
            case "|i1" -> I8;
            case "<u2" -> U16;
            case "<i2" -> I16;
            case "<u4" -> U32;
            case "<i4" -> I32;
            case "<u8" -> U64;
            case "<i8" -> I64;
            default -> null;
        };
    }
}
