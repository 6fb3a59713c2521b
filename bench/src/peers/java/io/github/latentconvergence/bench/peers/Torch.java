package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.function.BinaryOperator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch, eagerly, on a tensor that borrows the memory of the states. Every operation is the one that the same line of Python calls. */
final class Torch implements Peer {
    /** What one writes in Python, {@code S} being the states. */
    enum Expression {
        /** {@code last = S[-1]; torch.stack([(s - last).norm(dim=-1) for s in S])}, in the type of the states. */
        LOOP,
        /** {@code last = S[-1].float(); torch.stack([(s.float() - last).norm(dim=-1) for s in S])}. */
        UPCAST_LOOP,
        /**
         * A loop without temporaries, {@code difference} and {@code last} in float32: what one writes who knows that temporaries cost page faults. Of float32 and wider states
         * {@code torch.sub(s, last, out=difference).norm(dim=-1)}, of others {@code difference.copy_(s).sub_(last).norm(dim=-1)}, the faster way for each.
         */
        BUFFERED_LOOP,
        /** {@code (S - S[-1]).norm(dim=-1)}. */
        WHOLE
    }

    /** A pointer to memory that is not PyTorch's. */
    private static final class Borrowed extends Pointer {
        private Borrowed(long address) {
            this.address = address;
        }
    }

    private final Expression expression;
    private final int threads;
    private final DType dtype;
    private final int iterations;
    private final int tokens;
    private final Tensor states;

    Torch(StateTensor states, int threads, Expression expression) {
        this.expression = expression;
        this.threads = threads;
        dtype = states.dtype();
        iterations = Math.toIntExact(states.iterations());
        tokens = Math.toIntExact(states.tokens());
        try (ScalarTypeOptional type = new ScalarTypeOptional(type(dtype)); TensorOptions options = new TensorOptions()) {
            this.states = torch.from_blob(new Borrowed(states.segment().address()), new long[] {iterations, tokens, states.hidden()},
                    options.dtype(type));
        }
    }

    /** What PyTorch says of the instruction set that it chose, for example {@code CPU capability usage: AVX512}. */
    static String config() {
        try (BytePointer config = torch.show_config()) {
            return config.getString().lines().filter(line -> line.contains("CPU capability")).findAny()
                    .map(line -> line.replaceFirst("^[ -]+", ""))
                    .orElse("PyTorch without CPU capability");
        }
    }

    private static torch.ScalarType type(DType dtype) {
        return switch (dtype) {
            case BF16 -> torch.ScalarType.BFloat16;
            case F16 -> torch.ScalarType.Half;
            case F32 -> torch.ScalarType.Float;
            case F64 -> torch.ScalarType.Double;
        };
    }

    @Override
    public Answer measure() {
        torch.set_num_threads(threads); // here and not at the start: it holds for the thread that says it
        try (var _ = new PointerScope()) {
            Tensor distances = switch (expression) {
                case LOOP -> loop(last(), Tensor::sub);
                case UPCAST_LOOP -> loop(wide(last()), (state, last) -> wide(state).sub(last));
                case BUFFERED_LOOP -> bufferedLoop(torch.empty_like(wide(last())));
                case WHOLE -> norm(states.sub(last()));
            };
            Tensor rows = distances.transpose(0, 1);
            return Answer.of(iterations, doubles(rows), doubles(rows.log10()));
        }
    }

    private Tensor loop(Tensor last, BinaryOperator<Tensor> difference) {
        TensorVector columns = new TensorVector();
        for (int t = 0; t < iterations; t++) {
            // A scope for each iteration: what Python drops as soon as it is used is freed, and taken again, as early here.
            try (var _ = new PointerScope()) {
                columns.push_back(norm(difference.apply(states.select(0, t), last)));
            }
        }
        return torch.stack(columns);
    }

    private Tensor bufferedLoop(Tensor difference) {
        return loop(wide(last()), dtype.bytes() < Float.BYTES
                ? (state, last) -> difference.copy_(state).sub_(last)
                : (state, last) -> torch.sub_out(difference, state, last));
    }

    /** In float32, unless it is in float64. */
    private Tensor wide(Tensor tensor) {
        return tensor.toType(dtype == DType.F64 ? torch.ScalarType.Double : torch.ScalarType.Float);
    }

    private Tensor last() {
        return states.select(0, iterations - 1);
    }

    private static Tensor norm(Tensor difference) {
        return difference.norm(new ScalarOptional(new Scalar(2)), -1);
    }

    private double[] doubles(Tensor tensor) {
        double[] values = new double[tokens * iterations];
        Tensor contiguous = tensor.toType(torch.ScalarType.Double).contiguous();
        try (DoublePointer memory = contiguous.data_ptr_double()) {
            memory.get(values);
        }
        return values;
    }

    @Override
    public void close() {
        states.close();
    }
}
