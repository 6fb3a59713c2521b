package io.github.latentconvergence.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What the library logs, as lines on standard error that start with {@code note: }. The JDK's own logging would write two lines with a date, and load a module for it.
 */
public final class ConsoleLog extends System.LoggerFinder {
    /** Called by the service loader. */
    public ConsoleLog() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    /** A logger. Of others than the library, such as the JDK's drawing, only warnings are of interest. */
    record Lines(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            Level least = name.startsWith("io.github.latentconvergence") ? Level.INFO : Level.WARNING;
            return level != Level.OFF && level.getSeverity() >= least.getSeverity();
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            write(level, message + (thrown == null ? "" : ": " + Failures.line(thrown)));
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object @Nullable... params) {
            write(level,
                    params == null || params.length == 0 || format == null ? String.valueOf(format) : MessageFormat.format(format, params));
        }

        private void write(Level level, String line) {
            if (isLoggable(level)) {
                System.err.println("note: " + Texts.oneLine(line));
            }
        }
    }
}
