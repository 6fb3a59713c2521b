package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that make no sense, and help. */
class UsageTest {
    @TempDir
    Path folder = Path.of("");

    private Path trace = Path.of("");

    @BeforeEach
    void writeTrace() throws IOException {
        trace = TraceFixture.states(4, 3, 8).tokens("a", "b", "c").write(folder.resolve("trace.safetensors"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            matrix TRACE -o OUT.csv --reference last --reference-file f.npy     | --reference last contradicts --reference-file
            matrix TRACE -o OUT.csv --reference previous --reference-file f@3   | --reference previous contradicts --reference-file
            matrix TRACE -o OUT.csv --tier avx2 --backend java                  | --tier avx2 is one of the CPU kernels: it contradicts --backend java
            matrix TRACE -o OUT.csv --tier scalar --backend cuda                | contradicts --backend cuda
            matrix TRACE -o OUT.csv --eps 1e-5                                  | --eps is that of RMSNorm: it needs --normalize rmsnorm
            matrix TRACE -o OUT.csv --eps 1e-5 --normalize none                 | needs --normalize rmsnorm
            matrix TRACE -o OUT.csv --eps -1 --normalize rmsnorm                | eps -1.0
            matrix TRACE -o OUT.csv --eps nan --normalize rmsnorm               | nan
            matrix TRACE -o OUT.csv --format json                               | --format json contradicts -o
            matrix TRACE -o OUT.npy --wide                                      | --wide is a form of CSV: it contradicts npy
            matrix TRACE -o OUT.json --wide                                     | --wide is a form of CSV: it contradicts json
            matrix TRACE -o - --format npy --wide                               | --wide is a form of CSV: it contradicts npy
            matrix TRACE -o -                                                   | -o - needs --format
            matrix TRACE -o OUT.xlsx                                            | expected a name that ends in .csv, .npy or .json
            matrix TRACE -o OUT                                                 | expected a name that ends in .csv, .npy or .json
            matrix TRACE                                                        | Missing required option: '--output=OUT'
            matrix -o OUT.csv                                                   | Missing required parameter: 'TRACE'
            matrix TRACE TRACE -o OUT.csv                                       | unexpected argument
            matrix TRACE -o OUT.csv -o OUT.csv                                  | only once
            matrix TRACE -o OUT.csv --metric manhattan                          | unknown metric 'manhattan': expected one of l2
            matrix TRACE -o OUT.csv --reference next                            | unknown reference 'next': expected last, previous
            matrix TRACE -o OUT.csv --reference last:3                          | unknown reference 'last:3'
            matrix TRACE -o OUT.csv --reference iteration                       | unknown reference 'iteration'
            matrix TRACE -o OUT.csv --reference iteration:x                     | 'iteration:x' lacks its number
            matrix TRACE -o OUT.csv --reference iteration:-1                    | reference iteration -1
            matrix TRACE -o OUT.csv --reference tail-mean:0                     | tail-mean fraction 0.0
            matrix TRACE -o OUT.csv --reference tail-mean:1.5                   | tail-mean fraction 1.5
            matrix TRACE -o OUT.csv --reference tail-mean:NaN                   | tail-mean fraction NaN
            matrix TRACE -o OUT.csv --normalize layernorm                       | unknown normalization 'layernorm': expected one of none, rmsnorm
            matrix TRACE -o OUT.csv --backend gpu                               | unknown backend 'gpu': expected one of auto, java, cpu, cuda
            matrix TRACE -o OUT.csv --tier sse                                  | unknown tier 'sse': expected one of scalar, avx2, avx512, neon
            matrix TRACE -o OUT.csv --threads -1                                | threads -1
            matrix TRACE -o OUT.csv --threads many                              | 'many' is not an int
            matrix TRACE -o OUT.csv --dtype int8                                | unknown dtype 'int8': expected bf16, f16, f32 or f64
            matrix TRACE -o OUT.csv --shape 4,x                                 | expected sizes with commas between
            matrix TRACE -o OUT.csv --shape 4,0,8                               | axis of size 0
            matrix TRACE -o OUT.csv --has-s0 maybe                              | 'maybe': expected yes or no
            matrix TRACE -o OUT.csv --batch first                               | 'first' is not a long
            matrix TRACE -o - --format xml                                      | unknown format 'xml': expected one of csv, npy, json
            matrix TRACE -o OUT.csv --threshold 0.1                             | unknown option '--threshold'
            heatmap TRACE -o OUT.pdf                                            | has extension .pdf: expected a name that ends in .png
            heatmap TRACE -o -                                                  | has no extension: expected a name that ends in .png
            heatmap TRACE -o OUT.png --range 1                                  | expected LO,HI
            heatmap TRACE -o OUT.png --range 1,1                                | expected LO,HI
            heatmap TRACE -o OUT.png --range 5,2                                | expected LO,HI
            heatmap TRACE -o OUT.png --range -3,2                               | expected LO,HI
            heatmap TRACE -o OUT.png --range 1,inf                              | expected LO,HI
            heatmap TRACE -o OUT.png --range 1,2,3                              | expected LO,HI
            heatmap TRACE -o OUT.png --width 10 --height 10                     | size 10 x 10
            heatmap TRACE -o OUT.png --scale 0.1                                | scale 0.1: expected 0.5 to 16 pixels to the unit
            heatmap TRACE -o OUT.png --scale NaN                                | scale NaN
            heatmap TRACE -o OUT.png --colors jet                               | unknown colors 'jet': expected one of viridis, cividis, gray
            heatmap TRACE -o OUT.png --overlay shadow                           | unknown overlay 'shadow': expected one of step, floor, band, segments
            heatmap TRACE -o OUT.png --overlay step,,floor                      | unknown overlay ''
            heatmap TRACE -o OUT.png --overlay step --threshold 0               | threshold 0.0: expected a finite number above 0
            heatmap TRACE -o OUT.png --overlay step --metric norm               | the metric norm has no reference
            heatmap TRACE -o OUT.png --threshold 0.1                            | say where a token has converged, which needs --overlay
            heatmap TRACE -o OUT.png --exits patience                           | unknown exit rule 'patience'
            heatmap TRACE -o OUT.png --exits linf --metric norm                 | --metric norm is the size of one state
            heatmap TRACE -o OUT.html --width 700                               | --width, --height and --scale contradict -o
            heatmap TRACE -o OUT.html --height 700                              | a page is as large as its window
            heatmap TRACE -o OUT.html --scale 2                                 | --width, --height and --scale contradict -o
            heatmap TRACE -o OUT.html --colors jet                              | unknown colors 'jet'
            heatmap TRACE -o OUT.html --overlay step                            | a page has all overlays
            heatmap TRACE -o OUT.html --exits linf=0                            | threshold of linf: expected a finite number above 0
            heatmap TRACE -o OUT.html --exits linf --metric norm                | --metric norm is the size of one state
            heatmap TRACE -o OUT.png --exits linf --exits cosine                | --exits 2 times: a figure marks the exits of one rule
            heatmap TRACE -o OUT.png --also cosine                              | --also contradicts -o
            heatmap TRACE -o OUT.svg --also cosine                              | only a page has metrics to choose from
            heatmap TRACE -o OUT.html --also manhattan                          | unknown metric 'manhattan': expected one of l2
            heatmap TRACE -o OUT.html --also cosine,,linf                       | unknown metric ''
            heatmap TRACE -o OUT.html --metric l2,cosine                        | unknown metric 'l2,cosine'
            heatmap TRACE -o OUT.html --threshold 0                             | threshold 0.0: expected a finite number above 0
            heatmap TRACE -o OUT.html --range 1                                 | expected LO,HI
            heatmap TRACE -o OUT.png --wide                                     | unknown option '--wide'
            info                                                                | Missing required parameter: 'TRACE'
            info TRACE --metric l2                                              | unknown option '--metric'
            doctor TRACE                                                        | unexpected argument
            analyze                                                             | Missing required parameter: 'TRACE'
            analyze TRACE --metric norm                                         | the metric norm has no reference: choose absolute or of-start
            analyze TRACE --reference previous --threshold-kind of-start        | which the reference previous does not define
            analyze TRACE --threshold 0                                         | threshold 0.0: expected a finite number above 0
            analyze TRACE --threshold nan                                       | nan
            analyze TRACE --threshold-kind absolute                             | --threshold-kind absolute needs --threshold
            analyze TRACE --threshold-kind percent                              | unknown threshold kind 'percent': expected one of relative, absolute, of-start
            analyze TRACE --rule last                                           | unknown rule 'last': expected stays, first or consecutive:K
            analyze TRACE --rule consecutive:0                                  | rule consecutive:0: expected 1 column or more
            analyze TRACE --rule consecutive:x                                  | rule 'consecutive:x': expected a whole number
            analyze TRACE --json - --csv -                                      | --json and --csv cannot both write to -
            analyze TRACE --json OUT --csv OUT                                  | --json and --csv cannot both write to
            analyze TRACE --reference last --reference-file f.npy               | --reference last contradicts --reference-file
            analyze TRACE -o OUT.json                                           | unknown option
            exits TRACE --exit-rule patience                                    | unknown exit rule 'patience': expected one of latent-diff, cosine
            exits TRACE --exit-rule kl=                                         | 'kl=': expected a number after the equals sign
            exits TRACE --exit-rule kl=0                                        | threshold of kl: expected a finite number above 0
            exits TRACE --exit-rule linf=NaN                                    | threshold of linf: expected a finite number above 0
            exits TRACE --exit-rule argmax-stability=2.5                        | threshold of argmax-stability: expected a whole number of steps
            exits TRACE --json - --sweep -                                      | --json and --sweep cannot both write to -
            exits TRACE --metric norm                                           | --metric norm is the size of one state
            exits TRACE --threshold 0.1                                         | unknown option '--threshold'
            report TRACE                                                        | Missing required option: '--output=OUT.html'
            report TRACE -o OUT.pdf                                             | expected a name that ends in .html
            report TRACE -o OUT.png                                             | expected a name that ends in .html
            report TRACE -o -                                                   | expected a name that ends in .html
            report TRACE -o OUT.html --metric norm                              | --metric norm is the size of one state
            report TRACE -o OUT.html --threshold-kind absolute                  | --threshold-kind absolute needs --threshold
            report TRACE -o OUT.html --reference last --reference-file f.npy    | --reference last contradicts --reference-file
            report TRACE -o OUT.html --overlay step                             | unknown option '--overlay'
            compare TRACE -o OUT.csv                                            | Missing required parameter: 'OTHER'
            compare TRACE TRACE                                                 | Missing required option: '--output=OUT'
            compare TRACE TRACE -o -                                            | -o - needs --format
            compare TRACE TRACE -o OUT.xlsx                                     | expected a name that ends in .csv, .npy, .json, .png, .svg or .html
            compare TRACE TRACE -o OUT.npy --wide                               | --wide is a form of CSV: it contradicts npy
            compare TRACE TRACE -o OUT.csv --metric norm                        | --metric norm is the size of one state
            compare TRACE TRACE -o OUT.csv --reference last                     | --reference contradicts -o
            compare TRACE TRACE -o OUT.csv --tier avx2 --backend java           | --tier avx2 is one of the CPU kernels
            compare TRACE TRACE -o OUT.csv --range 1,2                          | --range contradicts -o
            compare TRACE TRACE -o OUT.json --reference previous                | --reference contradicts -o
            compare TRACE TRACE -o - --format csv --title x                     | --title contradicts -o -
            compare TRACE TRACE -o OUT.npy --names a,b                          | --names contradicts -o
            compare TRACE TRACE -o OUT.png --wide                               | --wide contradicts -o
            compare TRACE TRACE -o OUT.svg --format csv                         | --format contradicts -o
            compare TRACE TRACE -o OUT.html --scale 2                           | --scale contradicts -o
            compare TRACE TRACE -o OUT.html --width 900                         | --width contradicts -o
            compare TRACE TRACE -o OUT.png --names a                            | names 'a': expected two
            compare TRACE TRACE -o OUT.png --names a,                           | names 'a,': expected two
            compare TRACE TRACE -o OUT.png --range 2,1                          | 2
            compare TRACE TRACE -o OUT.png --scale 99                           | scale 99.0
            compare TRACE TRACE -o OUT.png --width 10 --height 10               | size 10 x 10
            compare TRACE TRACE -o OUT.png --colors jet                         | jet
            compare TRACE TRACE -o OUT.png --metric norm                        | --metric norm is the size of one state
            compare TRACE TRACE -o OUT.pdf                                      | expected a name that ends in .csv, .npy, .json, .png, .svg or .html
            frobnicate                                                          | unknown command 'frobnicate': expected one of info, matrix, heatmap, analyze, exits, compare, report, doctor
            """)
    void wrongUsageIsOneLineAndExitCode2(String line, String expected) {
        Object[] args = Stream.of(line.split(" +"))
                .map(word -> word.replace("TRACE", trace.toString()).replace("OUT", folder.resolve("out").toString())).toArray();

        Run.of(args).fails(Cli.WRONG_USAGE, expected, "--help");

        assertThat(folder).isDirectoryNotContaining("glob:**out*");
    }

    @Test
    void noCommandIsWrongUsage() {
        Run.of().fails(Cli.WRONG_USAGE, "no command given", "info, matrix, heatmap, analyze, exits, compare, report, doctor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "info ", "matrix ", "heatmap ", "analyze ", "exits ", "compare ", "report ", "doctor "})
    void helpListsOnlyWhatThereIs(String command) {
        Run help = Run.of((Object[]) (command + "--help").split(" ")).succeeds();

        assertThat(help.out()).contains("Usage: latent-convergence", "--verbose", "--version");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void helpOfMatrixListsTheMetricsThereAre() {
        assertThat(Run.of("matrix", "--help").succeeds().out()).contains("l2, rms, relative-l2, l1, linf, cosine, angular, norm",
                "scalar, avx2, avx512, neon");
    }

    @Test
    void versionNamesProgramAndJava() {
        assertThat(Run.of("--version").succeeds().out()).startsWith("latent-convergence ").contains("Java 25");
        assertThat(Run.of("matrix", "--version").succeeds().out()).startsWith("latent-convergence ");
    }

    @Test
    void argumentsThatStartWithAnAtSignAreNotFilesOfArguments() {
        Run.of("info", "@" + trace).fails(Cli.FAILED, "@" + trace);
    }

    @Test
    void misspeltOptionsAreGuessed() {
        Run.of("info", trace, "--tensr", "x").fails(Cli.WRONG_USAGE, "unknown option '--tensr'; did you mean", "--tensor");
    }
}
