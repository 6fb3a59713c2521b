package io.github.latentconvergence.bench;

/** Downcalls, which are declared to throw anything and throw only what is unchecked. */
final class PlainCall {
    private PlainCall() {}

    /** One of them, with its result. */
    interface Call<T> {
        T call() throws Throwable;
    }

    /** Makes the call. */
    static <T> T of(Call<T> function) {
        try {
            return function.call();
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall threw a checked exception", impossible);
        }
    }
}
