package org.primum.template;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// An option as a template of an engine passes it on.
///
/// @param name without its dashes: `alert-rate`
/// @param kind what its value is
record TemplateOption(String name, Kind kind, StepModel.Option option) {

  /// What stands at the location an option names, and so how an engine brings it there.
  enum Kind {
    /// No location, but a word or a number.
    VALUE,
    /// A table, in one file.
    TABLE,
    /// A model, a directory or a file.
    MODEL,
    /// A document people write, from a ConfigMap.
    POLICY,
    /// Output directories of several steps, each an artifact of its own.
    EVIDENCE,
    /// Output directories of one step that was fanned out, below one prefix.
    SHARDS,
    /// Counts that may stand in for the table.
    TALLY,
    /// What an earlier run left, a file or its output directory.
    EARLIER,
    /// A prefix in a store that outlives the run.
    STORE
  }

  /// The options whose output directories one step left, fanned out.
  private static final Set<String> FANNED_OUT = Set.of("--shards", "--tallies");

  /// What only a command line, a CI job or the other engine says.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "--output-dir",
          "--overwrite",
          "--format",
          "--kfp-executor-input",
          "--insecure-test-seed",
          "--kfp-path",
          "--junit",
          "--sarif",
          "--summary");

  /// The options of a step that a template has, in the order of the command line.
  static List<TemplateOption> of(StepModel step) {
    return step.options().stream()
        .filter(option -> !LEFT_OUT.contains(option.name()))
        .map(TemplateOption::of)
        .toList();
  }

  private static TemplateOption of(StepModel.Option option) {
    return new TemplateOption(option.name().substring(2), kind(option), option);
  }

  private static Kind kind(StepModel.Option option) {
    return switch (option.input()) {
      case "table" -> Kind.TABLE;
      case "model" -> Kind.MODEL;
      case "policy" -> Kind.POLICY;
      case "evidence" -> FANNED_OUT.contains(option.name()) ? Kind.SHARDS : Kind.EVIDENCE;
      case "tally" -> Kind.TALLY;
      case "earlier" -> Kind.EARLIER;
      case "store" -> Kind.STORE;
      default -> Kind.VALUE;
    };
  }

  /// The allowed words, none where any text will do.
  List<String> words() {
    if (option.type().equals("boolean")) {
      return List.of("true", "false");
    }
    if (!option.type().contains("|")) {
      return List.of();
    }
    Stream<String> words = Stream.of(option.type().split("\\|", -1));
    return mayBeLeftOut() ? Stream.concat(Stream.of(""), words).toList() : words.toList();
  }

  /// Whether an empty value is one: it means "not given".
  private boolean mayBeLeftOut() {
    return !option.required() && option.defaultValue().isEmpty();
  }
}
