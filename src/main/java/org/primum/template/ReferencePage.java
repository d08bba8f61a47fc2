package org.primum.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `docs/reference.md`: all commands at a glance, and what every step has in common.
final class ReferencePage {

  private ReferencePage() {}

  static String write(List<StepModel> models) {
    List<StepModel> steps = models.stream().filter(StepModel::hasOutputDirectory).toList();
    StringBuilder page = new StringBuilder();
    page.append("<!-- ").append(GeneratedFiles.MARKER).append(" -->\n");
    page.append("# Reference\n\n`primum STEP --help` says the same in the terminal; ");
    page.append("`primum describe --format=json` says it to programs.\n");
    page.append("\n## Steps\n\n| step | what it does |\n|---|---|\n");
    for (StepModel model : models) {
      row(page, "[" + model.name() + "](../steps/" + model.name() + "/README.md)", model.summary());
    }
    page.append("\n## Options of every step\n\n| option | value | what it is |\n|---|---|---|\n");
    for (StepModel.Option option : commonOptions(steps)) {
      row(page, "`" + option.name() + "`", option.type(), option.description());
    }
    page.append(
        "\n## What every step leaves in `--output-dir`\n\n| file | what it is |\n|---|---|\n");
    for (StepModel.Output output : commonOutputs(steps)) {
      row(page, "`" + output.name() + "`", output.description());
    }
    page.append(
        "\n## Exit codes\n\nThey never change their meaning. Only 75 is worth a retry.\n\n");
    page.append("| code | meaning |\n|---|---|\n");
    for (Map.Entry<Integer, String> code : steps.getFirst().exitCodes().entrySet()) {
      row(page, Integer.toString(code.getKey()), code.getValue());
    }
    return page.toString();
  }

  private static List<StepModel.Option> commonOptions(List<StepModel> steps) {
    return steps.getFirst().options().stream()
        .filter(option -> steps.stream().allMatch(step -> step.options().contains(option)))
        .toList();
  }

  private static List<StepModel.Output> commonOutputs(List<StepModel> steps) {
    Set<String> names =
        steps.getFirst().outputs().stream()
            .map(StepModel.Output::name)
            .filter(name ->
                steps.stream()
                    .allMatch(s -> s.outputs().stream().anyMatch(o -> o.name().equals(name))))
            .collect(Collectors.toSet());
    return steps.getFirst().outputs().stream().filter(o -> names.contains(o.name())).toList();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    page.append('\n');
  }
}
