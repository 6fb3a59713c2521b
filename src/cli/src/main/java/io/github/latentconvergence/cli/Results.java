package io.github.latentconvergence.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command writes: files that were asked for, and text for people on standard output unless one of them goes there. */
final class Results {
    private final CommandSpec command;
    private final Root root;
    private final Path[] inputs;
    private final Map<Path, String> taken = new HashMap<>();

    Results(CommandSpec command, Root root, Path... inputs) {
        this.command = command;
        this.root = root;
        this.inputs = inputs;
    }

    /** Where the value of an option says, or nowhere. */
    interface Target {
        void write(Destination.Content content) throws IOException;
    }

    /**
     * Checks that it can be written, before anything is computed.
     *
     * @param name the value of {@code option}, null if it was not given
     * @throws ParameterException if another option names the same
     */
    Target target(String option, @Nullable String name) throws IOException {
        if (name == null) {
            return content -> {};
        }
        String other = taken.put(place(name), option);
        if (other != null) {
            throw new ParameterException(command.commandLine(), other + " and " + option + " cannot both write to " + name);
        }
        return Destination.of(name, root, inputs)::write;
    }

    /** Prints the lines if standard output is free. They are only made then. */
    void show(Supplier<List<String>> lines) {
        if (!taken.containsKey(place(Destination.STANDARD_OUTPUT))) {
            lines.get().forEach(root.console().text()::println);
        }
    }

    private static Path place(String name) {
        return name.equals(Destination.STANDARD_OUTPUT) ? Path.of(name) : Path.of(name).toAbsolutePath().normalize();
    }
}
