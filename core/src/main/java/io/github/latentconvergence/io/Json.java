package io.github.latentconvergence.io;

import java.util.List;
import java.util.Map;

/** A JSON value of a file's header. */
sealed interface Json {
    /** What it is, for messages. */
    String kind();

    record Text(String value) implements Json {
        @Override
        public String kind() {
            return "the string " + Printable.quoted(value);
        }
    }

    /** A number as it stands in the file, so that no digit is lost before {@link #whole} judges it. */
    record Numeral(String text) implements Json {
        @Override
        public String kind() {
            return "the number " + text;
        }

        /**
         * The value as a size or an offset.
         *
         * @throws ArithmeticException if it is negative, not a whole number or beyond 2^63 - 1; the message says which
         */
        long whole() {
            if (text.startsWith("-")) {
                throw new ArithmeticException(text + " is negative");
            }
            if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new ArithmeticException(text + " is not written as a whole number");
            }
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException huge) {
                throw (ArithmeticException) new ArithmeticException(text + " is beyond 2^63 - 1").initCause(huge);
            }
        }
    }

    record Array(List<Json> values) implements Json {
        @Override
        public String kind() {
            return "an array of " + values.size();
        }
    }

    record Members(Map<String, Json> values) implements Json {
        @Override
        public String kind() {
            return "an object";
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    record Literal(String text) implements Json {
        @Override
        public String kind() {
            return text;
        }
    }
}
