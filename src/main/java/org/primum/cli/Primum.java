package org.primum.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.primum.gate.ConfigInvalidException;
import org.primum.platform.ExitStatus;
import org.primum.platform.TerminationMessage;
import org.primum.step.UsageException;
import org.primum.store.Location;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/// The entry point: `primum <step> --name=value …`.
@Command(
    name = "primum",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "STEP",
    description = {
      "Steps that put ethics into machine-learning pipelines in healthcare.",
      "Each reads its inputs, writes a verdict with its evidence into --output-dir, and exits.",
      ""
    },
    footer = {"", "primum STEP --help tells the options, an example and the exit codes of a step."})
public final class Primum {

  private Primum() {}

  public static void main(String[] arguments) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    boolean terminal = isMarked("PRIMUM_STDERR_IS_TERMINAL");
    int status =
        run(
            new Session(
                List.of(arguments), out, err, System.getenv(), Clock.systemUTC(), terminal));
    System.exit(status);
  }

  /// The launcher script knows of stderr alone, which Java cannot ask.
  private static boolean isMarked(String variable) {
    return "1".equals(System.getenv(variable));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// Runs one command and returns its exit code.
  ///
  /// @param environment the variables the command sees
  public static int run(
      List<String> arguments, PrintStream out, PrintStream err, Map<String, String> environment) {
    return run(new Session(arguments, out, err, environment, Clock.systemUTC(), false));
  }

  static int run(Session given) {
    try {
      List<String> prepared =
          KfpArguments.expand(
              Arguments.prepare(given.arguments()), () -> StepModels.of(commandLine(given)));
      Session session =
          new Session(
              Arguments.masked(prepared),
              given.out(),
              given.err(),
              given.environment(),
              given.clock(),
              given.terminal());
      return commandLine(session).execute(prepared.toArray(String[]::new));
    } catch (ConfigInvalidException | UsageException e) {
      return new Failures(given).tell(e);
    } catch (IOException e) {
      given.log("primum: an argument could not be read: " + e.getMessage());
      return ExitStatus.USAGE.code();
    } catch (OutOfMemoryError e) {
      String message = "out of memory; give the container or -Xmx more";
      given.log("primum: " + message);
      new TerminationMessage(given.environment())
          .write(ExitStatus.OUT_OF_MEMORY.name() + ": " + message);
      return ExitStatus.OUT_OF_MEMORY.code();
    }
  }

  /// The commands, wired by hand.
  static CommandLine commandLine(Session session) {
    CommandLine line = new CommandLine(new Primum());
    List<Object> commands = Commands.asked(session);
    commands.forEach(line::addSubcommand);
    line.getSubcommands().values().forEach(Primum::addExitCodes);
    line.getSubcommands().values().forEach(Primum::hideEmptyDefaults);
    if (commands.size() > 1) {
      line.addSubcommand(new HelpCommand());
      line.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    }
    line.registerConverter(Location.class, new LocationConverter());
    Failures failures = new Failures(session);
    return line.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setOverwrittenOptionsAllowed(false)
        .setOut(writer(session.out()))
        .setErr(writer(session.err()))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /// "Default: []" tells nobody anything. All options are added again, so that their order stays.
  private static void hideEmptyDefaults(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      boolean empty = option.isMultiValue() || String.valueOf(option.defaultValue()).isEmpty();
      OptionSpec.Builder again = OptionSpec.builder(option);
      spec.remove(option);
      spec.addOption(
          (empty ? again.showDefaultValue(CommandLine.Help.Visibility.NEVER) : again).build());
    }
  }

  private static void addExitCodes(CommandLine command) {
    if (StepModels.isDescribed(command)) {
      Map<String, String> codes = new LinkedHashMap<>();
      for (ExitStatus status : StepModels.exitStatuses(command)) {
        codes.put(Integer.toString(status.code()), status.name() + ": " + status.meaning());
      }
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(codes);
    }
  }

  /// Locations are told apart where they are typed, so a bad one is a bad command line.
  private static final class LocationConverter implements ITypeConverter<Location> {
    @Override
    public Location convert(String text) {
      try {
        return Location.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
