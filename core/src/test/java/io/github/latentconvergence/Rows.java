package io.github.latentconvergence;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * States as tests make them: the numbers exactly as they are stored, beside which the memory they are stored in is made. Rounds and decodes by itself, without the code under test.
 *
 * @param values {@code [iterations][tokens][hidden]}, each exactly a number of {@code dtype}
 */
record Rows(DType dtype, double[][][] values) {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** What rows look like. Every kind is there because an implementation may get it wrong. */
    enum Kind {
        NORMAL, CLOSE, ONE_ULP, RADIAL, FAINT, EQUAL, ZERO, HUGE, VAST, OVERFLOWING, TINY, DOUBTFUL, SUBNORMAL, WILD, SPECIAL, MIXED
    }

    /** Random rows; later iterations come closer to the last one, as far as the kind says. */
    static Rows random(SplittableRandom random, Kind kind, DType dtype, int iterations, int tokens, int hidden) {
        double[][][] values = new double[iterations][tokens][hidden];
        for (int i = 0; i < tokens; i++) {
            double[] center = new double[hidden];
            for (int d = 0; d < hidden; d++) {
                center[d] = round(dtype, random.nextGaussian());
            }
            for (int t = 0; t < iterations; t++) {
                Kind here = kind == Kind.MIXED ? Kind.values()[random.nextInt(Kind.MIXED.ordinal())] : kind;
                // Rows whose sums of squares lie on both sides of 2^-100, where they are done again.
                double edge = Math.scalb(1 / Math.sqrt(hidden), random.nextInt(5) - 52);
                for (int d = 0; d < hidden; d++) {
                    values[t][i][d] = round(dtype, value(random, here, dtype, center[d], Math.scalb(1.0, -t), edge));
                }
            }
        }
        return new Rows(dtype, values);
    }

    private static double value(SplittableRandom random, Kind kind, DType dtype, double center, double step, double edge) {
        double noise = random.nextGaussian();
        return switch (kind) {
            case NORMAL, MIXED -> noise;
            case CLOSE -> center + 0.01 * step * noise;
            case ONE_ULP -> center + center * (random.nextInt(3) - 1) * 2 * dtype.unitRoundoff();
            case RADIAL -> center * (1 + 2 * step) + 0.01 * step * noise; // longer, in the same direction
            case FAINT -> 0.05 * center + 0.01 * noise; // beside rows of other kinds
            case EQUAL -> center;
            case ZERO -> random.nextBoolean() ? 0.0 : -0.0;
            case HUGE -> 3e38 * (2 * random.nextDouble() - 1); // some differences overflow float32
            case VAST -> (dtype == DType.F64 ? 1e200 : 1e30) * noise;
            case OVERFLOWING -> 1e25 * noise;
            case TINY -> 1e-38 * noise;
            case DOUBTFUL -> edge * noise;
            case SUBNORMAL -> dtype == DType.F16 ? 1e-6 * noise : 1e-42 * noise;
            case WILD -> Math.scalb(noise, random.nextInt(250) - 125);
            case SPECIAL -> switch (random.nextInt(400)) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> Double.NEGATIVE_INFINITY;
                case 3 -> -0.0;
                default -> center + step * noise;
            };
        };
    }

    /** The nearest number of the type. */
    static double round(DType dtype, double value) {
        return switch (dtype) {
            case F64 -> value;
            case F32 -> (float) value;
            case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
            case BF16 -> bfloat16((float) value);
        };
    }

    private static float bfloat16(float value) {
        if (Float.isNaN(value)) {
            return value;
        }
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
    }

    /** The numbers of a tensor. */
    static Rows of(StateTensor tensor) {
        double[][][] values = new double[(int) tensor.iterations()][(int) tensor.tokens()][(int) tensor.hidden()];
        for (int t = 0; t < values.length; t++) {
            for (int i = 0; i < values[t].length; i++) {
                MemorySegment row = tensor.row(t, i);
                for (int d = 0; d < values[t][i].length; d++) {
                    values[t][i][d] = switch (tensor.dtype()) {
                        case F64 -> row.get(DOUBLE, 8L * d);
                        case F32 -> row.get(FLOAT, 4L * d);
                        case F16 -> Float.float16ToFloat(row.get(SHORT, 2L * d));
                        case BF16 -> Float.intBitsToFloat(row.get(SHORT, 2L * d) << 16);
                    };
                }
            }
        }
        return new Rows(tensor.dtype(), values);
    }

    /** {@code [iterations][hidden]} of one token. */
    double[][] token(int i) {
        double[][] states = new double[iterations()][];
        for (int t = 0; t < states.length; t++) {
            states[t] = values[t][i];
        }
        return states;
    }

    int iterations() {
        return values.length;
    }

    int tokens() {
        return values[0].length;
    }

    int hidden() {
        return values[0][0].length;
    }

    Shape shape() {
        return Shape.of(iterations(), tokens(), hidden());
    }

    /** A contiguous tensor of these numbers. */
    StateTensor tensor(Arena arena) {
        return tensor(arena.allocate(shape().bytes(dtype), 64), shape().contiguousStrides());
    }

    /** One state for each token, those of iteration 0. */
    StateTensor matrix(Arena arena) {
        MemorySegment memory = arena.allocate((long) tokens() * hidden() * dtype.bytes(), 64);
        for (int i = 0; i < tokens(); i++) {
            write(memory, (long) i * hidden() * dtype.bytes(), values[0][i]);
        }
        return StateTensor.of(memory, dtype, Shape.of(tokens(), hidden()));
    }

    /** A strided tensor; what lies between the rows is NaN, and whoever reads it is found out. */
    StateTensor tensor(MemorySegment memory, long... strides) {
        memory.fill((byte) 0xff);
        for (int t = 0; t < iterations(); t++) {
            for (int i = 0; i < tokens(); i++) {
                write(memory, (t * strides[0] + i * strides[1]) * dtype.bytes(), values[t][i]);
            }
        }
        return StateTensor.of(memory, dtype, shape(), strides);
    }

    /** Writes one row of numbers. */
    void write(MemorySegment memory, long offset, double... row) {
        for (int d = 0; d < row.length; d++) {
            long at = offset + (long) d * dtype.bytes();
            switch (dtype) {
                case F64 -> memory.set(DOUBLE, at, row[d]);
                case F32 -> memory.set(FLOAT, at, (float) row[d]);
                case F16 -> memory.set(SHORT, at, Float.floatToFloat16((float) row[d]));
                case BF16 -> {
                    int bits = Float.floatToRawIntBits((float) row[d]);
                    memory.set(BYTE, at, (byte) (bits >>> 16));
                    memory.set(BYTE, at + 1, (byte) (bits >>> 24));
                }
            }
        }
    }
}
