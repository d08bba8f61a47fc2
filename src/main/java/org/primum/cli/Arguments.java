package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The command line before it is parsed.
final class Arguments {

  /// Where Argo puts an argument that is too long for the kernel.
  private static final Pattern OFFLOADED = Pattern.compile("@/tmp/argo_arg_\\d+\\.txt");

  private static final Pattern EMPTY_OPTION = Pattern.compile("--[A-Za-z][A-Za-z0-9-]*=");

  private static final Pattern SECRET =
      Pattern.compile("(?i)(--[a-z0-9-]*(secret|password|token|credential)[a-z0-9-]*)=.*");

  private static final List<String> INIT = List.of("fairness-audit", "init");

  private Arguments() {}

  /// The arguments with Argo's offloaded ones read, and with options of an empty value left out: a
  /// template cannot leave an option out, so empty means "not given". A command of two words is in
  /// one.
  static List<String> prepare(List<String> given) throws IOException {
    List<String> prepared = new ArrayList<>();
    for (String argument : given) {
      String whole = OFFLOADED.matcher(argument).matches() ? offloaded(argument) : argument;
      if (!EMPTY_OPTION.matcher(whole).matches()) {
        prepared.add(whole);
      }
    }
    return inOneWord(prepared);
  }

  /// `fairness-audit init` is the command `fairness-init`.
  private static List<String> inOneWord(List<String> arguments) {
    if (arguments.size() < 2 || !arguments.subList(0, 2).equals(INIT)) {
      return arguments;
    }
    List<String> one = new ArrayList<>(List.of("fairness-init"));
    one.addAll(arguments.subList(2, arguments.size()));
    return one;
  }

  private static String offloaded(String argument) throws IOException {
    return Files.readString(Path.of(argument.substring(1)), StandardCharsets.UTF_8).stripTrailing();
  }

  /// The arguments as a manifest may show them. What Kubeflow Pipelines passed stands there
  /// already, option by option.
  static List<String> masked(List<String> arguments) {
    return arguments.stream()
        .map(a -> a.startsWith(KfpArguments.OPTION) ? KfpArguments.OPTION + "{{$}}" : a)
        .map(a -> SECRET.matcher(a).replaceFirst("$1=***"))
        .toList();
  }
}
