package io.github.latentconvergence.io;

import static io.github.latentconvergence.io.TraceBytes.bf16;
import static io.github.latentconvergence.io.TraceBytes.counting;
import static io.github.latentconvergence.io.TraceBytes.f32;
import static io.github.latentconvergence.io.TraceBytes.ints;
import static io.github.latentconvergence.io.TraceBytes.npy;

import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged headers are refused by {@link TraceFormatException} or open as traces that can be read to the last number; nothing else ever happens. A failure names its
 * seed; {@code -Dlatentconvergence.seed=...} runs that case alone,
 * {@code -Dlatentconvergence.cases=...} more of them.
 */
class HeaderFuzzTest {
    private static final int CASES = Integer.getInteger("latentconvergence.cases", 4000);
    private static final String INTERESTING = "{}[]\",:-.0129eE\\u'()TFL \n";

    @TempDir
    Path folder;

    private final byte[][] valid = {
        TraceBytes.safetensors().tensor("reference", "BF16", "[2,2]", bf16(counting(4))).tensor("mask", "I64", "[2]", ints(8, 1, 0))
                .tensor("states", "F32", "[2,2,2]", f32(counting(8))).tensor("norm_weight", "F32", "[2]", f32(1, 2))
                .tensor("token_ids", "I64", "[2]", ints(8, 5, 6)).meta("axes", "iteration,token,hidden").meta("has_s0", "true")
                .meta("norm", "raw")
                .meta("tokens", "[\"a\",\"\\u00e9\"]").bytes(),
        TraceBytes.safetensors().tensor("states", "BF16", "[2,2,1,2]", bf16(counting(8))).meta("tokens", "[[\"a\"],[\"b\"]]").bytes(),
        npy("<f4", "(2, 2, 2)", f32(counting(8))),
        npy(2, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 2, 1)}", f32(counting(4))),
        new ZipBytes().stored("states.npy", npy("<f4", "(2, 2, 2)", f32(counting(8))))
                .stored("mask.npy", npy("|b1", "(2,)", (byte) 1, (byte) 0)).bytes(),
        new ZipBytes().zip64().deflated("states.npy", npy("<V2", "(2, 2, 2)", bf16(counting(8)))).bytes()};

    @Test
    void nothingButARefusalOrATraceComesOfADamagedHeader() throws IOException {
        Long replayed = Long.getLong("latentconvergence.seed");
        long first = replayed != null ? replayed : new Random().nextLong();
        int opened = 0;
        int cases = replayed != null ? 1 : CASES;
        for (long seed = first; seed < first + cases; seed++) {
            try {
                opened += survives(new Random(seed)) ? 1 : 0;
            } catch (Exception | Error surprise) {
                throw new AssertionError("replay with -Dlatentconvergence.seed=" + seed, surprise);
            }
        }
        if (cases > 1 && (opened == 0 || opened == cases)) {
            throw new AssertionError(opened + " of " + cases + " opened: the damage tests nothing");
        }
    }

    private boolean survives(Random random) throws IOException {
        byte[] content = valid[random.nextInt(valid.length)];
        for (int damage = 1 + random.nextInt(3); damage > 0 && content.length > 0; damage--) {
            content = damaged(content, random);
        }
        Path file = TestFiles.write(folder, random.nextBoolean() ? "a.safetensors" : "a.bin", content);
        try (Trace trace = TraceFiles.open(file)) {
            readAll(trace.states().hasBatch() ? trace.batch(trace.batches() - 1) : trace);
            return true;
        } catch (TraceFormatException refused) {
            String message = String.valueOf(refused.getMessage());
            if (message.chars().anyMatch(Character::isISOControl) || message.length() > 1500 || !message.startsWith(file + ": ")
                    || !message.contains("expected")) {
                throw new AssertionError(String.format(Locale.ROOT, "message of %d: %s", message.length(), message), refused);
            }
            return false;
        }
    }

    private static void readAll(Trace trace) {
        read(trace.states());
        trace.reference().ifPresent(HeaderFuzzTest::read);
        trace.logits().ifPresent(HeaderFuzzTest::read);
        if (trace.tokens().size() != trace.states().tokens()) {
            throw new AssertionError("tokens " + trace.tokens());
        }
    }

    private static void read(StateTensor tensor) {
        tensor.get(0, 0, 0);
        tensor.get(tensor.iterations() - 1, tensor.tokens() - 1, tensor.hidden() - 1);
    }

    private static byte[] damaged(byte[] content, Random random) {
        // Half of the damage goes to the first bytes, where the lengths are.
        int at = random.nextInt(random.nextBoolean() ? Math.min(content.length, 24) : content.length);
        return switch (random.nextInt(6)) {
            case 0 -> with(content, at, (byte) (content[at] ^ (1 << random.nextInt(8))));
            case 1 -> with(content, at, (byte) random.nextInt(256));
            case 2 -> with(content, at, (byte) INTERESTING.charAt(random.nextInt(INTERESTING.length())));
            case 3 ->
                TraceBytes.join(Arrays.copyOf(content, at), new byte[] {(byte) INTERESTING.charAt(random.nextInt(INTERESTING.length()))},
                        Arrays.copyOfRange(content, at, content.length));
            case 4 -> {
                int end = Math.min(content.length, at + 1 + random.nextInt(4));
                yield TraceBytes.join(Arrays.copyOf(content, at), Arrays.copyOfRange(content, end, content.length));
            }
            default -> {
                int end = Math.min(content.length, at + random.nextInt(40));
                yield TraceBytes.join(Arrays.copyOf(content, end), Arrays.copyOfRange(content, at, content.length));
            }
        };
    }

    private static byte[] with(byte[] content, int at, byte value) {
        byte[] copy = content.clone();
        copy[at] = value;
        return copy;
    }
}
