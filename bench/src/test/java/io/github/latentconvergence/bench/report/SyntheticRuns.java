package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs that look like measured ones and are not: every number comes from a seed and a made-up model of a machine. For tests only. */
public final class SyntheticRuns {
    private static final Map<String, Integer> BYTES = new LinkedHashMap<>();
    private static final double MIB = 1 << 20;

    static {
        BYTES.put("bf16", 2);
        BYTES.put("f16", 2);
        BYTES.put("f32", 4);
        BYTES.put("f64", 8);
    }

    private final SplittableRandom random;
    private final double noise;
    private final double speed;
    private final int forks;
    private final List<Result> results = new ArrayList<>();

    private SyntheticRuns(long seed, double noise, double speed, int forks) {
        random = new SplittableRandom(seed);
        this.noise = noise;
        this.speed = speed;
        this.forks = forks;
    }

    /** Where no run was ever made. */
    public static Environment environment() {
        return new Environment("0123456789abcdef0123456789abcdef01234567", false, "2001-01-01T00:00:00Z",
                "java -jar benchmarks.jar report -o synthetic",
                "Synthetic 25.0.0+0", List.of("--enable-native-access=ALL-UNNAMED"), "Synthetic Processor 9000", 2,
                List.of("L1d 32 KiB", "L2 1024 KiB", "L3 32768 KiB"), 8L << 30, "Synthetic 1.0", "madvise", "cpu/avx512",
                List.of("scalar", "avx2", "avx512"),
                "synthcc 1.0", List.of("synthetic: nothing was measured"));
    }

    /** A run of everything, with noise of some per cent. */
    public static Run whole(long seed) {
        SyntheticRuns runs = new SyntheticRuns(seed, 0.03, 1, 1);
        runs.endToEnd();
        runs.kernels();
        runs.scaling();
        runs.onePass();
        runs.peers();
        runs.costs();
        return new Run(environment(), runs.results);
    }

    /**
     * Forty results of one kind.
     *
     * @param noise standard deviation of the logarithm of a sample
     * @param speed 1.1 for a run that is faster by a tenth
     */
    public static Run many(long seed, double noise, double speed, int forks) {
        SyntheticRuns runs = new SyntheticRuns(seed, noise, speed, forks);
        for (int i = 0; i < 40; i++) {
            runs.add("Many.times", Map.of("number", String.valueOf(i)), 0, 100 + i, 0, null);
        }
        return new Run(environment(), runs.results);
    }

    private void endToEnd() {
        BYTES.forEach((dtype, size) -> {
            for (int threads = 1; threads <= 2; threads++) {
                double share = 0.8 + 0.03 * size;
                add("EndToEnd.matrix", params("dtype", dtype, "threads", threads, "metric", "l2", "shape", "65x256x5280"),
                        65L * 256 * 5280 * size, share, threads, 133_000.0);
            }
        });
        for (String metric : List.of("l1", "linf", "cosine", "rmsnorm-l2")) {
            BYTES.forEach(
                    (dtype, size) -> add("EndToEnd.matrix", params("dtype", dtype, "threads", 2, "metric", metric, "shape", "65x256x5280"),
                            65L * 256 * 5280 * size, metric.startsWith("rms") ? 0.55 : 0.9, 2, 133_000.0));
        }
    }

    private void kernels() {
        Map<String, Double> tiers = Map.of("java", 0.12, "scalar", 0.012, "avx2", 0.85, "avx512", 0.9);
        for (String where : List.of("L2", "L3", "memory")) {
            for (String tier : List.of("java", "scalar", "avx2", "avx512")) {
                BYTES.forEach((dtype, size) -> {
                    double nearer = where.equals("L2") ? 2 : where.equals("L3") ? 1.4 : 1;
                    Map<String, String> params = params("tier", tier, "dtype", dtype, "metric", "l2", "where", where, "shape",
                            where.equals("L2") ? "16x4x1024" : "65x256x5280");
                    long bytes = 65L * (where.equals("L2") ? 4096 : 256 * 5280) * size;
                    add("Kernel.tile", params, bytes, tiers.getOrDefault(tier, 0.0) * nearer, where.equals("memory") ? 1 : 0, 0.02);
                });
            }
        }
    }

    private void scaling() {
        for (String dtype : List.of("bf16", "f32")) {
            for (long mib = 1; mib <= 512; mib *= 2) {
                double nearer = mib <= 2 ? 2.2 : mib <= 32 ? 1.6 : 1;
                add("Scaling.matrix", params("dtype", dtype, "threads", 2, "shape", "65x" + mib * 4 + "x2016"), (long) (mib * MIB),
                        0.9 * nearer, mib > 32 ? 2 : 0, 9000.0);
            }
        }
    }

    private void onePass() {
        BYTES.forEach((dtype, size) -> {
            add("OnePass.together", params("dtype", dtype, "threads", 2, "shape", "65x256x5280"), 65L * 256 * 5280 * size, 0.7, 2,
                    600_000.0);
            add("OnePass.separately", params("dtype", dtype, "threads", 2, "shape", "65x256x5280"), 65L * 256 * 5280 * size, 0.18, 2,
                    600_000.0);
        });
    }

    private void peers() {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("latent-convergence", 0.9);
        shares.put("plain Java loop", 0.2);
        shares.put("PyTorch, eager loop", 0.41);
        shares.put("PyTorch, whole tensor", 0.07);
        shares.put("Lucene VectorUtil", 0.5);
        for (String dtype : List.of("bf16", "f32")) {
            shares.forEach((library, share) -> add("Peers.matrix",
                    params("library", library, "dtype", dtype, "threads", 2, "shape", "65x256x5280"),
                    65L * 256 * 5280 * BYTES.getOrDefault(dtype, 0), share, 2, null));
        }
    }

    private void costs() {
        add("Downcall.fromJava", Map.of(), 0, 41, 0, 0.001);
        add("Downcall.fromC", Map.of(), 0, 29, 0, null);
        add("Log10.cell", Map.of(), 0, 24, 0, 0.0);
        for (String format : List.of("csv", "json", "npy")) {
            add("Writers.matrix", params("format", format, "shape", "65x2048"), 65L * 2048 * 8, format.equals("npy") ? 0.1 : 0.01, 0,
                    4_000_000.0);
        }
        for (String cache : List.of("warm", "cold")) {
            add("MappedFile.matrix", params("cache", cache, "dtype", "bf16", "threads", 2), 176L << 20, cache.equals("warm") ? 0.8 : 0.1, 2,
                    null);
        }
    }

    /**
     * Adds a result.
     *
     * @param level share of the roofline where there are bytes, else nanoseconds
     * @param readers threads that the roofline is measured with; 0 for none
     */
    private void add(String benchmark, Map<String, String> params, long bytes, double level, int readers, @Nullable Double allocated) {
        List<Result.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 5 * forks; i++) {
            double roofline = (readers == 1 ? 24e9 : 40e9) * Math.exp(noise * random.nextGaussian());
            double nanos = (bytes == 0 ? level : bytes / (level * roofline) * 1e9) * Math.exp(noise * random.nextGaussian()) / speed;
            samples.add(new Result.Sample(nanos, readers == 0 ? null : roofline, i / 5));
        }
        results.add(new Result(benchmark, params, bytes, samples, allocated));
    }

    private static Map<String, String> params(Object... namesAndValues) {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
        }
        return params;
    }
}
