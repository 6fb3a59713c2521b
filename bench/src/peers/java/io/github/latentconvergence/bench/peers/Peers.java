package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole job by one library: the l2 distance of every state to the last iteration of its token, and its log10. A class for each type of states, because not every library takes
 * all of them.
 *
 * <p>Of the flags, the module is for the Vector API, Lucene and JVector; huge pages give states on the heap what those off it have; and JavaCPP would otherwise ask the system
 * for the memory in use at every tensor that PyTorch makes.
 */
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
    "--add-modules=jdk.incubator.vector", "-XX:+UseTransparentHugePages", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
    "-Dorg.bytedeco.javacpp.nopointergc=true"})
public abstract class Peers extends Measured {
    @Param("1")
    private int threads;

    private StateTensor states;
    private Peer peer;

    /** For subclasses. */
    protected Peers() {}

    /** {@linkplain Library#label() Which} library. */
    abstract String library();

    /** Of the states. */
    abstract DType dtype();

    /** Makes the states and the peer, and checks what the peer says of them. */
    @Setup
    public void setUp() {
        states = SeededStates.of(dtype(), Shape.of(65, 256, 5280));
        Library library = Library.ofLabel(library());
        peer = library.open(states, threads);
        Check.check(library, states, peer.measure());
        Yardstick.readsMemory(states.segment(), threads, states.segment().byteSize());
    }

    /** Frees the peer and the states. */
    @TearDown
    public void tearDown() {
        peer.close();
        states.close();
    }

    /** The distances and their logarithms. */
    @Benchmark
    public Object distances(Yardstick yardstick) {
        return peer.measure();
    }
}
