package io.github.latentconvergence.bench.peers;

/** A library, ready to measure certain states with a number of threads. Closing it frees what it made, not the states. */
interface Peer extends AutoCloseable {
    /** Does the whole job: the l2 distance of every state to the last iteration of its token, and the log10 of it. */
    Answer measure();

    @Override
    default void close() {}
}
