package org.primum.template;

import java.util.List;
import java.util.Map;

/// A step, or a command beside the steps, as everything outside the command line sees it: read once
/// from the command classes, and the source of help pages, templates and components.
///
/// @param name the command, e.g. `fairness-audit`
/// @param summary what it does, in one line
/// @param description more about it, may be empty
/// @param example command lines that run, line by line
/// @param exitCodes meaning by code
public record StepModel(
    String name,
    String summary,
    String description,
    List<String> example,
    List<Option> options,
    List<Output> outputs,
    Map<Integer, String> exitCodes) {

  public StepModel {
    example = List.copyOf(example);
    options = List.copyOf(options);
    outputs = List.copyOf(outputs);
  }

  /// Whether it is a step, which leaves its verdict with the evidence in an output directory. The
  /// few commands that are none leave what [#outputs] says.
  public boolean hasOutputDirectory() {
    return options.stream().anyMatch(option -> option.name().equals("--output-dir"));
  }

  /// One option, always given as one token `--name=value`.
  ///
  /// @param name with its dashes
  /// @param type `location`, `text`, `integer`, `number`, `boolean`, or the allowed words joined by
  ///   `|`
  /// @param input the kind of artifact at the location (`table`, `model`, `policy`, `evidence`,
  ///   `tally`, `store`), or empty where the option is a plain value
  /// @param defaultValue empty where there is none
  /// @param repeatable whether it may be given several times
  public record Option(
      String name,
      String type,
      String input,
      boolean required,
      String defaultValue,
      boolean repeatable,
      String description) {}

  /// An artifact or parameter in the output directory; where there is none, the option that names
  /// the file, or `stdout`.
  ///
  /// @param name relative, e.g. `scored.parquet`, `model/`, `params/auroc`
  /// @param kind of a parameter `text`, `integer`, `number` or `list`; else `table`, `model`,
  ///   `document`, `report`, `metrics` or `binary`
  /// @param onRequest whether an option has to ask for it
  public record Output(String name, String kind, boolean onRequest, String description) {

    private static final String PARAMETERS = "params/";

    /// Whether it is one value in a file of its own.
    public boolean isParameter() {
      return name.startsWith(PARAMETERS);
    }

    /// The name without directory and extension: `auroc` of `params/auroc`, `model` of `model/`.
    public String stem() {
      return name.replaceFirst("^" + PARAMETERS, "").replaceFirst("[./].*", "");
    }
  }
}
