package org.primum.template;

import java.util.Map;

/// `steps/<step>/README.md`: what a step does, its options, what it leaves and how it exits.
public final class StepPage {

  private StepPage() {}

  public static String write(StepModel model) {
    StringBuilder page = new StringBuilder();
    page.append("<!-- " + GeneratedFiles.MARKER + " -->\n");
    page.append("# primum ")
        .append(model.name())
        .append("\n\n")
        .append(model.summary())
        .append("\n");
    if (!model.description().isBlank()) {
      page.append('\n').append(model.description()).append('\n');
    }
    page.append("\n## Example\n\n```sh\n");
    model.example().forEach(line -> page.append(line).append('\n'));
    page.append(
        "```\n\n## Options\n\n| option | value | default | what it is |\n|---|---|---|---|\n");
    model.options().forEach(option -> option(page, option));
    page.append(
        model.hasOutputDirectory()
            ? "\n## What it leaves in `--output-dir`\n\n| file | what it is |\n|---|---|\n"
            : "\n## What it leaves\n\n| where | what it is |\n|---|---|\n");
    for (StepModel.Output output : model.outputs()) {
      row(page, code(output.name()), output.description());
    }
    page.append("\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
    for (Map.Entry<Integer, String> code : model.exitCodes().entrySet()) {
      row(page, Integer.toString(code.getKey()), code.getValue());
    }
    return page.toString();
  }

  private static void option(StringBuilder page, StepModel.Option option) {
    String name = code(option.name()) + (option.required() ? " (required)" : "");
    String type = option.type() + (option.repeatable() ? ", repeatable" : "");
    String defaultValue = option.defaultValue().isEmpty() ? "" : code(option.defaultValue());
    row(page, name, type, defaultValue, option.description());
  }

  private static void row(StringBuilder page, String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    page.append('\n');
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
