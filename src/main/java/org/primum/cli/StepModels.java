package org.primum.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.primum.platform.ExitStatus;
import org.primum.store.Location;
import org.primum.template.StepModel;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Reads the [StepModel]s from the command classes, which are their only source.
final class StepModels {

  private static final List<StepModel.Output> COMMON =
      List.of(
          new StepModel.Output(
              "verdict.json",
              "document",
              false,
              "the decision, rule by rule, and whose bytes it binds"),
          new StepModel.Output("metrics.json", "document", false, "every number measured"),
          new StepModel.Output(
              "report.html", "report", false, "the result for people: one file, no script"),
          new StepModel.Output(
              "manifest.json", "document", false, "what ran, on what, and what it left"),
          new StepModel.Output(
              "metrics.prom", "metrics", false, "the numbers in Prometheus text format"),
          new StepModel.Output("params/status", "text", false, "the verdict in one word"),
          new StepModel.Output("params/exit_code", "integer", false, "the exit code"));

  private StepModels() {}

  /// The models of all commands that stand in pipelines, in the order of the command line.
  static List<StepModel> of(CommandLine line) {
    return line.getSubcommands().values().stream()
        .filter(StepModels::isDescribed)
        .map(StepModels::model)
        .toList();
  }

  static boolean isDescribed(CommandLine command) {
    return isStep(command) || plain(command).isPresent();
  }

  /// How the command can end: a step in every way, another one as it says.
  static List<ExitStatus> exitStatuses(CommandLine command) {
    return plain(command)
        .map(PlainCommand::value)
        .map(List::of)
        .orElse(List.of(ExitStatus.values()));
  }

  private static boolean isStep(CommandLine command) {
    return command.getCommand() instanceof StepCommand<?>;
  }

  private static Optional<PlainCommand> plain(CommandLine command) {
    Object user = command.getCommand();
    return Optional.ofNullable(user.getClass().getAnnotation(PlainCommand.class));
  }

  private static StepModel model(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<String> description = List.of(spec.usageMessage().description());
    return new StepModel(
        spec.name(),
        description.isEmpty() ? "" : description.getFirst(),
        description.stream().skip(1).collect(Collectors.joining("\n")).strip(),
        example(spec),
        spec.options().stream().filter(StepModels::isOwn).map(StepModels::option).toList(),
        outputs(command),
        exitCodes(command));
  }

  /// The commands in the footer of a step's help: the indented lines below its first heading.
  private static List<String> example(CommandSpec spec) {
    return Arrays.stream(spec.usageMessage().footer())
        .dropWhile(text -> !text.startsWith("  "))
        .takeWhile(text -> text.startsWith("  "))
        .map(text -> text.substring(2))
        .toList();
  }

  private static boolean isOwn(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !option.hidden();
  }

  private static StepModel.Option option(OptionSpec option) {
    String defaultValue = option.defaultValue();
    return new StepModel.Option(
        option.longestName(),
        type(option),
        input(option),
        option.required(),
        defaultValue == null || defaultValue.startsWith("__")
            ? ""
            : lowerEnum(option, defaultValue),
        option.isMultiValue(),
        String.join(" ", option.description()));
  }

  private static String lowerEnum(ArgSpec option, String value) {
    return elementType(option).isEnum() ? value.toLowerCase(Locale.ROOT) : value;
  }

  private static Class<?> elementType(ArgSpec option) {
    Class<?>[] auxiliary = option.auxiliaryTypes();
    return option.isMultiValue() && auxiliary.length > 0
        ? auxiliary[auxiliary.length - 1]
        : option.type();
  }

  private static String type(OptionSpec option) {
    Class<?> type = elementType(option);
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining("|"));
    }
    if (type == Location.class) {
      return "location";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "integer";
    }
    return type == double.class || type == Double.class ? "number" : "text";
  }

  private static String input(OptionSpec option) {
    StepInput input = option.userObject() instanceof Field field ? annotation(field) : null;
    return input == null ? "" : input.value().name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable StepInput annotation(Field field) {
    return field.getAnnotation(StepInput.class);
  }

  private static List<StepModel.Output> outputs(CommandLine command) {
    Object user = command.getCommand();
    Collection<StepModel.Output> own = new ArrayList<>();
    for (StepOutput output : user.getClass().getAnnotationsByType(StepOutput.class)) {
      own.add(
          new StepModel.Output(
              output.name(), kind(output), output.onRequest(), output.description()));
    }
    if (isStep(command)) {
      own.addAll(COMMON);
    }
    return List.copyOf(own);
  }

  private static String kind(StepOutput output) {
    return output.kind().name().toLowerCase(Locale.ROOT);
  }

  private static Map<Integer, String> exitCodes(CommandLine command) {
    Map<Integer, String> codes = new TreeMap<>();
    for (ExitStatus status : exitStatuses(command)) {
      codes.put(status.code(), status.name() + ": " + status.meaning());
    }
    return codes;
  }
}
