package io.github.latentconvergence.io;

import static io.github.latentconvergence.io.TraceBytes.counting;
import static io.github.latentconvergence.io.TraceBytes.f32;
import static io.github.latentconvergence.io.TraceBytes.ints;
import static io.github.latentconvergence.io.TraceBytes.join;
import static io.github.latentconvergence.io.TraceBytes.little;
import static io.github.latentconvergence.io.TraceBytes.npy;
import static io.github.latentconvergence.io.TraceBytes.rawNpy;
import static io.github.latentconvergence.io.TraceBytes.safetensors;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a file can be wrong that has a message of its own. */
class MalformedTest {
    private static final TraceOptions DEFAULTS = TraceOptions.defaults();
    private static final byte[] DATA = f32(counting(24));

    @TempDir
    Path folder;

    /** @param phrases what was found and what was expected, as the message must say it */
    record Wrong(String title, String file, byte[] content, TraceOptions options, String... phrases) {
        Wrong with(TraceOptions other) {
            return new Wrong(title, file, content, other, phrases);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private static Wrong header(String title, String header, String... phrases) {
        return new Wrong(title, "wrong.safetensors", safetensors(header, DATA), DEFAULTS, phrases);
    }

    private static Wrong entry(String title, String entry, String... phrases) {
        return header(title, "{\"states\":" + entry + "}", phrases);
    }

    private static Wrong states(String title, String dtype, String shape, String offsets, String... phrases) {
        return entry(title, "{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}", phrases);
    }

    private static Wrong meta(String title, String metadata, String... phrases) {
        return header(title, "{\"__metadata__\":" + metadata + ",\"states\":{\"dtype\":\"F32\",\"shape\":[2,3,4],\"data_offsets\":[0,96]}}",
                phrases);
    }

    private static Wrong beside(String title, String name, String dtype, String shape, byte[] bytes, String... phrases) {
        return new Wrong(title, "wrong.safetensors",
                safetensors().tensor("states", "F32", "[2,3,4]", DATA).tensor(name, dtype, shape, bytes).bytes(), DEFAULTS, phrases);
    }

    private static Wrong array(String title, byte[] npy, String... phrases) {
        return new Wrong(title, "wrong.npy", npy, DEFAULTS, phrases);
    }

    private static Wrong dictionary(String title, String dictionary, String... phrases) {
        return array(title, npy(1, dictionary, DATA), phrases);
    }

    private static Wrong archive(String title, byte[] zip, String... phrases) {
        return new Wrong(title, "wrong.npz", zip, DEFAULTS, phrases);
    }

    private static byte[] patched(byte[] content, int at, byte... bytes) {
        byte[] copy = content.clone();
        System.arraycopy(bytes, 0, copy, at < 0 ? copy.length + at : at, bytes.length);
        return copy;
    }

    static Stream<Wrong> json() {
        String valid = "{\"dtype\":\"F32\",\"shape\":[2,3,4],\"data_offsets\":[0,96]}";
        return Stream.of(header("not an object", "[1]", "byte 0x5b", "'{'"), header("white space first", " {}", "byte 0x20", "'{'"),
                header("trailing garbage", "{\"states\":" + valid + "}x", "found 'x'", "nothing after the JSON value"),
                header("trailing zero byte", "{\"states\":" + valid + "}\0", "found byte 0x00", "nothing after"),
                header("duplicate tensor", "{\"states\":" + valid + ",\"states\":" + valid + "}", "duplicate key 'states'", "once"),
                entry("duplicate key", "{\"dtype\":\"F32\",\"dtype\":\"F16\"}", "duplicate key 'dtype'"),
                header("duplicate key by escape", "{\"a\":1,\"\\u0061\":2}", "duplicate key 'a'"),
                header("no closing brace", "{\"states\":" + valid, "found the end", "',' or '}'"),
                header("no comma", "{\"a\":1 \"b\":2}", "found '\"'", "',' or '}'"),
                header("trailing comma", "{\"a\":1,}", "found '}'", "a key"),
                header("single quotes", "{'a':1}", "found '''", "a key in double quotes"),
                header("no colon", "{\"a\" 1}", "found '1'", "':'"),
                header("a comment", "{/* */}", "found '/'", "a key"), header("a bare word", "{\"a\":nul}", "found '}'", "'l'"),
                header("not a value", "{\"a\":NaN}", "found 'N'", "a JSON value"),
                header("leading zero", "{\"a\":01}", "without leading zeros"),
                header("plus sign", "{\"a\":+1}", "found '+'", "a JSON value"), header("bare minus", "{\"a\":-}", "found '}'", "a number"),
                header("no fraction", "{\"a\":1.}", "a digit after the decimal point"),
                header("no exponent", "{\"a\":1e+}", "a digit of the exponent"),
                header("endless number", "{\"a\":" + "9".repeat(5000) + "}", "more than 40 characters"),
                header("unclosed string", "{\"abc", "found the end", "a closing double quote"),
                header("line break in a string", "{\"a\nb\":1}", "byte 0x0a", "control characters escaped"),
                header("unknown escape", "{\"\\x41\":1}", "found 'x'", "after a backslash"),
                header("short escape", "{\"\\u12\":1}", "found '\"'", "four hexadecimal digits"),
                header("high surrogate alone", "{\"\\ud83dx\":1}", "unpaired surrogate \\ud83d", "a pair"),
                header("low surrogate alone", "{\"\\ude00\":1}", "unpaired surrogate \\ude00"),
                header("two high surrogates", "{\"\\ud83d\\ud83d\":1}", "unpaired surrogate"),
                new Wrong("invalid UTF-8", "wrong.safetensors",
                        join(little(8, 7), new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1'}),
                        DEFAULTS, "invalid UTF-8", "valid UTF-8"),
                new Wrong("surrogate in UTF-8", "wrong.safetensors",
                        join(little(8, 8), new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1'}), DEFAULTS,
                        "invalid UTF-8"),
                header("nested arrays", "{\"a\":" + "[".repeat(200_000), "deeper than 32"),
                header("nested objects", "{\"a\":".repeat(100_000), "deeper than 32"),
                header("too many values", "{\"a\":[" + "0,".repeat(1 << 19) + "0]}", "more than 524288 values"),
                header("too much text", "{\"a\":\"" + "x".repeat((1 << 24) + 1) + "\"}", "more than 16777216 bytes of strings"));
    }

    static Stream<Wrong> safetensorsHeaders() {
        byte[] bytes = safetensors().tensor("states", "F32", "[2,3,4]", DATA).bytes();
        String three = "\"shape\":[2,3,4],\"data_offsets\":[0,96]";
        return Stream.of(new Wrong("empty file", "wrong.safetensors", new byte[0], DEFAULTS, "the file is empty", "a trace"),
                new Wrong("seven bytes", "wrong.safetensors", new byte[7], DEFAULTS, "7 byte(s)", "8 bytes of safetensors header length"),
                new Wrong("header longer than the file", "wrong.safetensors", patched(bytes, 0, little(8, 5000)), DEFAULTS, "5000 bytes",
                        "at most the " + (bytes.length - 8) + " that follow"),
                new Wrong("header beyond the cap", "wrong.safetensors", patched(bytes, 0, little(8, 100_000_001)), DEFAULTS, "100000001",
                        "2 to 100000000"),
                new Wrong("negative header length", "wrong.safetensors", patched(bytes, 0, little(8, -1)), DEFAULTS,
                        "18446744073709551615"),
                new Wrong("header of one byte", "wrong.safetensors", patched(bytes, 0, little(8, 1)), DEFAULTS, "length of 1 bytes",
                        "2 to"),
                header("no tensor", "{}", "found no tensor", "states"),
                header("only metadata", "{\"__metadata__\":{\"a\":\"b\"}}", "found no tensor"),
                meta("metadata is a list", "[]", "__metadata__ is an array of 0", "an object of strings"),
                meta("metadata holds a number", "{\"has_s0\":1}", "'has_s0' is the number 1", "a string"),
                entry("entry is a number", "7", "'states' is the number 7", "an object with dtype, shape and data_offsets"),
                entry("no dtype", "{" + three + "}", "nothing for dtype", "a string"),
                entry("dtype is null", "{\"dtype\":null," + three + "}", "null for dtype"),
                entry("no shape", "{\"dtype\":\"F32\",\"data_offsets\":[0,96]}", "nothing for shape"),
                entry("no offsets", "{\"dtype\":\"F32\",\"shape\":[2,3,4]}", "nothing for data_offsets"),
                states("negative size", "\"F32\"", "[2,-3,4]", "[0,96]", "-3 is negative", "from 0 to 2^63 - 1"),
                states("fractional size", "\"F32\"", "[2,3.5,4]", "[0,96]", "3.5 is not written as a whole number"),
                states("exponent", "\"F32\"", "[2,3e0,4]", "[0,96]", "3e0 is not written as a whole number"),
                states("size beyond 64 bits", "\"F32\"", "[2,3,9223372036854775808]", "[0,96]", "beyond 2^63 - 1"),
                states("text for a size", "\"F32\"", "[2,\"3\",4]", "[0,96]", "the string '3' in its shape", "whole numbers"),
                states("product overflows", "\"F32\"", "[4294967296,4294967296,4]", "[0,96]", "[4294967296][4294967296][4]",
                        "fewer than 2^63 bytes"),
                states("bytes overflow", "\"F64\"", "[2305843009213693952,1,1]", "[0,0]", "fewer than 2^63 bytes"),
                states("size 0", "\"F32\"", "[2,0,4]", "[0,0]", "axis of size 0", "at least 1"),
                states("bytes do not match", "\"F32\"", "[2,3,4]", "[0,92]", "92 bytes of data", "expected 96 for F32 [2][3][4]"),
                states("end beyond the file", "\"F32\"", "[2,3,4]", "[4,100]", "ends at byte 100", "at most the 96 bytes"),
                states("end far beyond the file", "\"F32\"", "[1,1,2]", "[9223372036854775799,9223372036854775807]",
                        "ends at byte 9223372036854775807"),
                states("begins after its end", "\"F32\"", "[2,3,4]", "[96,0]", "begins at 96 and ends at 0", "begin <= end"),
                states("one offset", "\"F32\"", "[2,3,4]", "[0]", "1 data_offsets", "begin and end"),
                states("negative offset", "\"F32\"", "[2,3,4]", "[-1,95]", "-1 is negative in its data_offsets"),
                header("overlap", "{\"states\":{\"dtype\":\"F32\",\"shape\":[2,3,3],\"data_offsets\":[0,72]},"
                        + "\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[71,75]}}", "'x' begins at byte 71",
                        "'states' that ends at 72", "do not overlap"),
                states("whole numbers", "\"I64\"", "[1,3,4]", "[0,96]", "I64 [1][3][4]", "expected BF16, F16, F32 or F64"),
                states("8-bit floats", "\"F8_E4M3\"", "[2,3,16]", "[0,96]", "F8_E4M3", "expected BF16"),
                states("unknown type", "\"" + "Q".repeat(5000) + "\"", "[2,3,16]", "[0,96]", "QQQQ...", "expected BF16"),
                states("16 bits", "\"U16\"", "[4,3,4]", "[0,96]", "U16", "give dtype bf16"),
                states("a list", "\"F32\"", "[24]", "[0,96]", "1 axes", "[iterations][tokens][hidden]"),
                states("five axes", "\"F32\"", "[1,1,2,3,4]", "[0,96]", "5 axes"),
                states("two axes", "\"F32\"", "[6,4]", "[0,96]", "F32 [6][4]", "by name"),
                states("a thousand axes", "\"F32\"", "[24" + ",1".repeat(999) + "]", "[0,96]", "(1000 axes)"),
                header("line breaks in names", "{\"a\\n\\u001b[31m\\u2028\":3}", "'a\\u000a\\u001b[31m\\u2028'"),
                header("two candidates", "{\"g\":{\"dtype\":\"F32\",\"shape\":[1,1,1],\"data_offsets\":[0,4]},"
                        + "\"h\":{\"dtype\":\"F32\",\"shape\":[1,1,1],\"data_offsets\":[4,8]}}", "'g', 'h'", "chosen by name"),
                header("no candidate", "{\"logits\":{\"dtype\":\"F32\",\"shape\":[1,1,1],\"data_offsets\":[0,4]}}", "only 'logits'",
                        "expected 'states'"));
    }

    static Stream<Wrong> meaning() {
        byte[] valid = safetensors().tensor("states", "F32", "[2,3,4]", DATA).bytes();
        Wrong options = new Wrong("", "wrong.safetensors", valid, DEFAULTS);
        return Stream.of(
                meta("transposed", "{\"axes\":\"token,iteration,hidden\"}", "axes 'token,iteration,hidden'",
                        "expected 'iteration,token,hidden'",
                        "S.permute(1, 0, 2).contiguous()"),
                meta("turned round", "{\"axes\":\"token,hidden,iteration\"}", "S.permute(2, 0, 1).contiguous()"),
                meta("four names for three axes", "{\"axes\":\"iteration,batch,token,hidden\"}", "of 3 axes",
                        "expected 'iteration,token,hidden'"),
                meta("an axis twice", "{\"axes\":\"iteration,token,token\"}", "axes 'iteration,token,token'"),
                meta("no axes", "{\"axes\":\"\"}", "axes ''"),
                new Wrong("batch first", "wrong.safetensors",
                        safetensors().tensor("states", "F32", "[2,3,2,2]", DATA).meta("axes", "batch,iteration,token,hidden").bytes(),
                        DEFAULTS,
                        "expected 'iteration,batch,token,hidden'", "S.permute(1, 0, 2, 3)"),
                meta("has_s0", "{\"has_s0\":\"True\"}", "'has_s0' is 'True'", "'true' or 'false'"),
                meta("norm", "{\"norm\":\"rms\"}", "'norm' is 'rms'", "'normalized' or 'raw'"),
                meta("reference_norm", "{\"reference_norm\":\"\"}", "'reference_norm' is ''"),
                meta("too few tokens", "{\"tokens\":\"[\\\"a\\\"]\"}", "found 1 token texts", "expected 3"),
                meta("tokens no array", "{\"tokens\":\"a b c\"}", "metadata 'tokens', byte 0: found 'a'"),
                meta("tokens a string", "{\"tokens\":\"\\\"abc\\\"\"}", "found no array"),
                meta("tokens for two sequences", "{\"tokens\":\"[[\\\"a\\\"],[\\\"b\\\"]]\"}", "found 2 elements that are not strings"),
                meta("a text is a number", "{\"tokens\":\"[\\\"a\\\",\\\"b\\\",3]\"}", "the number 3 at 2", "a string"),
                beside("reference of one iteration too many", "reference", "F32", "[2,3,4]", DATA, "'reference' is F32 [2][3][4]",
                        "expected [3][4]"),
                beside("reference of whole numbers", "reference", "I32", "[3,4]", new byte[48], "'reference' is I32 [3][4]", "BF16"),
                beside("logits", "logits", "F32", "[1,3,8]", DATA, "'logits' is F32 [1][3][8]", "[2][3][vocabulary]"),
                beside("empty logits", "logits", "F32", "[2,3,0]", new byte[0], "'logits' is F32 [2][3][0]"),
                beside("mask shape", "mask", "BOOL", "[4]", new byte[4], "'mask' is BOOL [4]", "expected [3] or [1][3]"),
                beside("mask type", "mask", "F8_E4M3", "[3]", new byte[3], "F8_E4M3", "truth values or whole numbers"),
                beside("mask between", "mask", "F32", "[3]", f32(1, 0.5, 0), "holds 0.5", "1 for a real token"),
                beside("mask NaN", "mask", "F32", "[3]", f32(1, Double.NaN, 0), "holds NaN"),
                beside("token_ids shape", "token_ids", "I64", "[3,1]", new byte[24], "'token_ids' is I64 [3][1]"),
                beside("token_ids type", "token_ids", "F32", "[3]", f32(1, 2, 3), "F32 [3]", "whole numbers"),
                beside("token_ids too large", "token_ids", "U64", "[3]", ints(8, 1, -1, 2), "18446744073709551615", "at most 2^63 - 1"),
                beside("norm_weight shape", "norm_weight", "F32", "[3]", f32(1, 2, 3), "expected [4]"),
                beside("norm_weight type", "norm_weight", "I8", "[4]", new byte[4], "'norm_weight' is I8 [4]"),
                new Wrong("no such tensor", options.file, valid, DEFAULTS.withTensor("h"), "only 'states'", "'h' as given"),
                new Wrong("another type", options.file, valid, DEFAULTS.withDtype(DType.BF16), "F32 [2][3][4]", "bf16 as given"),
                new Wrong("another shape", options.file, valid, DEFAULTS.withShape(Shape.of(3, 2, 4)), "[2][3][4]", "[3][2][4] as given"),
                array("array by name", npy("<f4", "(2, 3, 4)", DATA), "without a name", "'states' as given")
                        .with(DEFAULTS.withTensor("states")));
    }

    static Stream<Wrong> arrays() {
        byte[] valid = npy("<f4", "(2, 3, 4)", DATA);
        return Stream.of(array("only the magic", Arrays.copyOf(valid, 8), "8 bytes without an npy header", "\\x93NUMPY"),
                array("no header", Arrays.copyOf(valid, 10), "length of 118 bytes", "at most the 0"),
                array("header cut short", Arrays.copyOf(valid, 60), "at most the 50", "cut short"),
                array("version 2 cut short", Arrays.copyOf(npy(2, "{}"), 11), "cut short", "its length"),
                array("data cut short", Arrays.copyOf(valid, valid.length - 1), "95 bytes of data", "expected 96 for <f4 [2][3][4]"),
                array("too much data", Arrays.copyOf(valid, valid.length + 1), "97 bytes of data", "expected 96"),
                array("version 0", patched(valid, 6, (byte) 0), "npy version 0", "1, 2 or 3"),
                array("version 4", patched(valid, 6, (byte) 4), "npy version 4"),
                array("header beyond the cap", patched(npy(2, "{}", new byte[9]), 8, little(4, 0xffff_ffffL)), "4294967295 bytes",
                        "at most 65536"),
                array("no line feed", patched(valid, 127, (byte) ' '), "does not end with a line feed", "terminator"),
                array("no header text", rawNpy(1, new byte[0], DATA), "does not end with a line feed"),
                dictionary("not a dictionary", "[]", "found '['", "'{'"),
                dictionary("not closed", "{'descr': '<f4'", "found the end", "',' or '}'"),
                dictionary("a fourth key", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), 'x': 1}", "the key 'x'",
                        "descr, fortran_order and shape"),
                dictionary("a key twice", "{'descr': '<f4', 'descr': '<f8'}", "a second key 'descr'", "once"),
                dictionary("no shape", "{'descr': '<f4', 'fortran_order': False}", "only 'descr', 'fortran_order'"),
                dictionary("something after", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4)} # x", "found '#'",
                        "nothing after"),
                dictionary("negative size", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3, 4)}", "negative size '-3'"),
                dictionary("huge size", "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
                        "'99999999999999999999'", "2^63 - 1"),
                dictionary("overflow", "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 1, 2)}",
                        "fewer than 2^63 bytes"),
                dictionary("fraction", "{'descr': '<f4', 'fortran_order': False, 'shape': (2.5,)}", "found '.'", "',' or ')'"),
                dictionary("no tuple", "{'descr': '<f4', 'fortran_order': False, 'shape': (24)}", "in parentheses", "a tuple"),
                dictionary("shape a list", "{'descr': '<f4', 'fortran_order': False, 'shape': [2, 3, 4]}", "found '['", "'('"),
                dictionary("too many axes", "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(65) + ")}",
                        "more than 64 axes"),
                dictionary("no truth", "{'descr': '<f4', 'fortran_order': 0, 'shape': (24,)}", "found '0'", "True or False"),
                dictionary("open string", "{'descr': '<f4", "found the end", "a closing quote"),
                dictionary("an expression", "{'descr': __import__('os'), 'fortran_order': False, 'shape': (24,)}", "found '_'",
                        "an element type in quotes"),
                dictionary("open record type", "{'descr': " + "[".repeat(50_000), "found the end", "the end of the element type"),
                dictionary("record type", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3, 4)}", "structured [2][3][4]",
                        "BF16"),
                dictionary("whole numbers", "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3, 4)}", "<i4 [2][3][4]",
                        "expected BF16, F16, F32 or F64"),
                dictionary("bits without a type", "{'descr': '<u2', 'fortran_order': False, 'shape': (4, 3, 4)}", "<u2", "give dtype bf16"),
                dictionary("no axes", "{'descr': '<f4', 'fortran_order': False, 'shape': ()}", "expected 4 for <f4 []"),
                array("one axis", npy("<f4", "(24,)", DATA), "1 axes", "[iterations][tokens][hidden]"),
                array("five axes", npy("<f4", "(1, 1, 2, 3, 4)", DATA), "5 axes"),
                array("size 0", npy("<f4", "(2, 0, 4)"), "axis of size 0"),
                array("bits of another width", npy("<u2", "(4, 3, 4)", DATA), "<u2").with(DEFAULTS.withDtype(DType.F32)));
    }

    static Stream<Wrong> archives() {
        byte[] npy = npy("<f4", "(2, 3, 4)", DATA);
        byte[] stored = new ZipBytes().stored("states.npy", npy).bytes();
        byte[] deflated = ZipBytes.deflate(npy);
        byte[] zip64 = new ZipBytes().zip64().stored("states.npy", npy).bytes();
        int central = stored.length - 22 - 46 - 10;
        return Stream.of(archive("empty archive", new ZipBytes().bytes(), "without .npy members", "numpy.savez"),
                archive("other members", new ZipBytes().stored("a.txt", npy).bytes(), "without .npy members"),
                archive("cut short", Arrays.copyOf(stored, stored.length - 1), "no zip directory at the end", "cut short"),
                archive("only the magic", Arrays.copyOf(stored, 5), "no zip directory"),
                archive("a member twice", new ZipBytes().stored("states.npy", npy).stored("states.npy", npy).bytes(),
                        "a second member 'states.npy'", "once"),
                archive("encrypted", new ZipBytes().member("states.npy", 1, 0, npy, npy.length, 0).bytes(), "encrypted", "plain"),
                archive("another method", new ZipBytes().member("states.npy", 0, 14, npy, npy.length, 0).bytes(), "method 14",
                        "0 (stored) or 8"),
                archive("sizes differ", new ZipBytes().member("states.npy", 0, 0, npy, npy.length + 1, 0).bytes(), "224 bytes stored",
                        "expected 225"),
                archive("no npy", new ZipBytes().stored("states.npy", DATA).bytes(),
                        "member 'states.npy': found 96 bytes without an npy header"),
                archive("empty member", new ZipBytes().stored("states.npy").bytes(), "found 0 bytes"),
                archive("empty deflated member", new ZipBytes().deflated("states.npy").bytes(), "found 0 bytes"),
                archive("data of a member", new ZipBytes().stored("states.npy", Arrays.copyOf(npy, 200)).bytes(), "member 'states' has 72",
                        "expected 96"),
                archive("wrong checksum", new ZipBytes().member("states.npy", 0, 8, deflated, npy.length, 1).bytes(), "CRC-32",
                        "expected 00000001"),
                archive("not deflate", new ZipBytes().member("states.npy", 0, 8, new byte[] {-1, -1, -1}, 200, 0).bytes(),
                        "not a deflate stream"),
                archive("deflate cut short",
                        new ZipBytes().member("states.npy", 0, 8, Arrays.copyOf(deflated, deflated.length - 9), npy.length, 0).bytes(),
                        "bytes only", "expected 224"),
                archive("inflates to more",
                        new ZipBytes().member("states.npy", 0, 8, ZipBytes.deflate(join(npy, npy)), npy.length, 0).bytes(),
                        "more than the 224 bytes"),
                archive("a bomb", new ZipBytes().zip64().member("states.npy", 0, 8, deflated, 1L << 40, 0).bytes(),
                        "claims 1099511627776 bytes", "at most 1032"),
                archive("size beyond 63 bits", new ZipBytes().zip64().member("states.npy", 0, 8, deflated, -5, 0).bytes(),
                        "beyond 2^63 - 1"),
                archive("count wrong", patched(stored, -12, little(2, 7)), "found 1 entries", "expected the 7"),
                archive("directory outside", patched(stored, -6, little(4, 99_999)), "at byte 99999", "expected it to end before"),
                archive("directory elsewhere", patched(stored, -6, little(4, 3)), "no entry at byte 3"),
                archive("no local header", patched(stored, central + 42, little(4, 1)), "no local header at byte 1"),
                archive("local header outside", patched(stored, central + 42, little(4, 0xffff_fff0L)),
                        "no local header at byte 4294967280"),
                archive("method differs", patched(stored, 8, little(2, 8)), "compression method 8 in front", "expected 0"),
                archive("data over the directory", patched(stored, 28, little(2, 60)), "expected it to end before the zip directory"),
                archive("long name in the directory", patched(stored, central + 28, little(2, 5000)), "cut short at byte"),
                archive("no zip64 locator", patched(stored, -12, little(2, 0xffff)), "no zip64 locator"),
                archive("no zip64 end", patched(zip64, zip64.length - 22 - 12, little(8, 4)), "no zip64 end record at byte 4"),
                archive("zip64 end beyond", patched(zip64, zip64.length - 22 - 12, little(8, -4)), "no zip64 end record"),
                archive("short zip64 field", patched(zip64, zip64.length - 22 - 20 - 56 - 18, little(2, 4)), "zip64 field of 4 bytes"),
                archive("two axes", new ZipBytes().stored("states.npy", npy("<f4", "(6, 4)", DATA)).bytes(), "by name"),
                archive("reference big-endian",
                        new ZipBytes().stored("states.npy", npy).stored("reference.npy", npy(">f4", "(3, 4)", new byte[48])).bytes(),
                        "'reference' is big-endian"),
                archive("mask of objects",
                        new ZipBytes().stored("states.npy", npy).stored("mask.npy", npy("|O", "(3,)", new byte[9])).bytes(),
                        "'mask' holds Python objects"),
                archive("ids big-endian",
                        new ZipBytes().stored("states.npy", npy).stored("token_ids.npy", npy(">i8", "(3,)", new byte[24])).bytes(),
                        "'token_ids' is big-endian"));
    }

    static Stream<Wrong> otherFiles() {
        String python = "from safetensors.torch import save_file; save_file({\"states\": S.contiguous()}, \"trace.safetensors\", metadata={\"has_s0\": \"true\"})";
        byte[] text = "iteration,token,distance\n".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                new Wrong("torch archive", "wrong.pt",
                        new ZipBytes().stored("archive/data.pkl", (byte) 0x80).stored("archive/data/0").bytes(), DEFAULTS, python),
                new Wrong("pickle", "wrong.pkl", new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0}, DEFAULTS, "pickle", python),
                new Wrong("old torch file", "wrong.pt", new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc}, DEFAULTS, python),
                new Wrong("text", "wrong.csv", text, DEFAULTS, "not safetensors, npy or npz", "shape and dtype given"),
                new Wrong("raw without a type", "wrong.bin", DATA, DEFAULTS.withShape(Shape.of(2, 3, 4)), "shape and dtype given"),
                new Wrong("raw too short", "wrong.bin", DATA, DEFAULTS.withShape(Shape.of(2, 3, 5)).withDtype(DType.F32), "found 96 bytes",
                        "expected 120 for raw f32 [2][3][5]"),
                new Wrong("raw too long", "wrong.bin", DATA, DEFAULTS.withShape(Shape.of(2, 3, 4)).withDtype(DType.BF16),
                        "expected 48 for raw bf16"),
                new Wrong("raw too large to count", "wrong.bin", DATA, DEFAULTS.withShape(Shape.of(1L << 61, 1, 1)).withDtype(DType.F64),
                        "more than 2^63 - 1"),
                new Wrong("raw with one axis", "wrong.bin", DATA, DEFAULTS.withShape(Shape.of(24)).withDtype(DType.F32), "1 axes"),
                new Wrong("line break in the file's name", "wro\nng.npy", text, DEFAULTS));
    }

    @ParameterizedTest
    @MethodSource({"json", "safetensorsHeaders", "meaning", "arrays", "archives", "otherFiles"})
    void isRefusedInOneLine(Wrong wrong) throws IOException {
        Path file = TestFiles.write(folder, wrong.file, wrong.content);
        TestFiles.assertRefused(file, wrong.options, wrong.phrases);
    }

    @Test
    void truncationAtEveryByteIsRefused() throws IOException {
        byte[] npy = npy("<f4", "(2, 3, 4)", DATA);
        byte[] safetensors = safetensors().tensor("states", "F32", "[2,3,4]", DATA).meta("has_s0", "true").bytes();
        byte[] stored = new ZipBytes().stored("states.npy", npy).bytes();
        byte[] deflated = new ZipBytes().zip64().deflated("states.npy", npy).bytes();
        String[] names = {"a.safetensors", "a.npy", "stored.npz", "deflated.npz"};
        byte[][] files = {safetensors, npy, stored, deflated};
        for (int i = 0; i < files.length; i++) {
            for (int length = 0; length < files[i].length; length++) {
                Path file = TestFiles.write(folder, names[i], Arrays.copyOf(files[i], length));
                TestFiles.assertRefused(file, DEFAULTS);
            }
        }
    }
}
