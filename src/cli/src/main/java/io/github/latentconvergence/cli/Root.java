package io.github.latentconvergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself, to which the commands belong. */
@Command(name = "latent-convergence", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Root.Version.class, synopsisSubcommandLabel = "COMMAND", sortOptions = false, header = "Measures how the latent states of a model settle while it iterates at test time.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence info trace.safetensors",
    "  latent-convergence heatmap trace.safetensors -o heatmap.png",
    "  latent-convergence analyze trace.safetensors",
    "  latent-convergence matrix trace.safetensors -o matrix.csv",
    "  latent-convergence COMMAND --help"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done",
        "1:the input or the run failed", "2:wrong usage"})
final class Root implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Say what is done and with what; show where a failure comes from.")
    private boolean verbose;

    Root(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    boolean verbose() {
        return verbose;
    }

    /**
     * The command line with all commands, or, where the first argument names one, with that alone: reading the annotations of all of them takes longer than most runs.
     */
    CommandLine commandLine(String[] args) {
        Map<String, Supplier<Object>> commands = commands();
        CommandLine line = new CommandLine(this);
        if (args.length > 0 && commands.containsKey(args[0])) {
            commands.keySet().retainAll(Set.of(args[0]));
        }
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line;
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("info", InfoCommand::new);
        commands.put("matrix", MatrixCommand::new);
        commands.put("heatmap", HeatmapCommand::new);
        commands.put("analyze", AnalyzeCommand::new);
        commands.put("exits", ExitsCommand::new);
        commands.put("compare", CompareCommand::new);
        commands.put("report", ReportCommand::new);
        commands.put("doctor", DoctorCommand::new);
        return commands;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "no command given: expected one of "
                + String.join(", ", spec.subcommands().keySet()));
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"latent-convergence " + number(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")};
        }

        private static String number() {
            String packaged = Root.class.getPackage().getImplementationVersion();
            return packaged == null ? "(not packaged)" : packaged;
        }
    }
}
