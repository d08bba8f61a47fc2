package org.primum.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.primum.step.UsageException;
import org.primum.step.explanation.PictureAsk;
import picocli.CommandLine.Option;

/// Options for pictures of explanations.
final class PictureOptions {

  enum Telling {
    RANKS,
    VALUES
  }

  @Option(
      names = "--pictures",
      defaultValue = "none",
      paramLabel = "none|svg|svg,png",
      order = 60,
      description =
          "Write each picture of the report as a file of its own too, pictures/NAME.svg or"
              + " pictures/NAME.png.")
  String pictures = "none";

  @Option(
      names = "--picture-values",
      defaultValue = "ranks",
      paramLabel = "ranks|values",
      order = 61,
      description =
          "What pictures tell of patients. ranks: the order of their values, and means over at least"
              + " 11 rows, or --min-cohort where that is more. values: the values themselves, and each row apart; the report is patient"
              + " data then.")
  Telling telling = Telling.RANKS;

  PictureAsk ask() {
    if (pictures.equals("none")) {
      return new PictureAsk(Set.of(), telling == Telling.VALUES);
    }
    return new PictureAsk(
        List.of(pictures.split(",", -1)).stream()
            .map(PictureOptions::form)
            .collect(Collectors.toSet()),
        telling == Telling.VALUES);
  }

  private static PictureAsk.Form form(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "svg" -> PictureAsk.Form.SVG;
      case "png" -> PictureAsk.Form.PNG;
      default ->
          throw new UsageException("--pictures takes none, or svg and png with a comma between");
    };
  }
}
