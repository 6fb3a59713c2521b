package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a run of the program in this process gave.
 *
 * @param bytes standard output
 */
record Run(int code, byte[] bytes, String err) {

    /** Runs the program; paths and numbers are written as they print. */
    static Run of(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Cli.run(Arrays.stream(args).map(Object::toString).toArray(String[]::new), out, err);
        return new Run(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Standard output without regard to where lines are broken. */
    String words() {
        return out().replaceAll("\\s+", " ");
    }

    /** Done, without a word on standard error. */
    Run succeeds() {
        assertThat(err).isEmpty();
        assertThat(code).isEqualTo(Cli.DONE);
        return this;
    }

    /** One line that scripts recognise, holding all of {@code parts}, and nothing on standard output. */
    void fails(int expected, String... parts) {
        assertThat(err).startsWith("latent-convergence: ").endsWith(System.lineSeparator()).hasLineCount(1).contains(parts);
        assertThat(code).as(err).isEqualTo(expected);
        assertThat(out()).isEmpty();
    }
}
