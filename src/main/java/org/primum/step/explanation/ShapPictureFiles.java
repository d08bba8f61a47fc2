package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.report.PictureFile;
import org.primum.step.StepContext;

/// The pictures of the report as files of their own.
record ShapPictureFiles(ShapPictures pictures) {

  private static final String FOLDER = "pictures/";

  /// Writes what was asked for, if anything.
  void write(StepContext context) throws IOException {
    if (pictures.dots().ask().files().isEmpty() || pictures.summary().rows() == 0) {
      return;
    }
    for (Map.Entry<String, String> picture : all().entrySet()) {
      for (PictureAsk.Form form : PictureAsk.Form.values()) {
        if (pictures.dots().ask().files().contains(form)) {
          String name = FOLDER + picture.getKey() + ending(form);
          Files.write(context.artifact(name), bytes(form, picture.getValue()));
        }
      }
    }
  }

  private static String ending(PictureAsk.Form form) {
    return switch (form) {
      case SVG -> ".svg";
      case PNG -> ".png";
    };
  }

  private static byte[] bytes(PictureAsk.Form form, String svg) {
    return switch (form) {
      case SVG -> PictureFile.svg(svg);
      case PNG -> PictureFile.png(svg);
    };
  }

  /// Each picture by its name, in the order of the report.
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    int outputs = pictures.summary().outputs().size();
    for (int output = 0; output < outputs; output++) {
      of(output, outputs == 1 ? "" : "class-" + output + "-", all);
    }
    return all;
  }

  private void of(int output, String prefix, Map<String, String> all) {
    Output one = pictures.summary().outputs().get(output);
    all.put(prefix + "importance", pictures.bars(one));
    all.put(prefix + "beeswarm", pictures.swarm(output));
    if (pictures.hasDependence()) {
      int rank = 0;
      for (ShapPictures.Drawn drawn : new ShapRowSections(pictures, "", output).drawn()) {
        rank++;
        all.put(prefix + drawn.file().replaceFirst("-", "-" + rank + "-"), drawn.svg());
      }
    }
    if (pictures.hasHeat()) {
      all.put(prefix + "predictions", pictures.heat(output));
    }
    new InteractionPictures(pictures, output)
        .all()
        .forEach(drawn -> all.put(prefix + drawn.file(), drawn.svg()));
    int place = 0;
    for (String attribute : new ShapGroupPictures(pictures, one).attributes()) {
      place++;
      String name = place + "-" + ShapPictures.slug(attribute);
      all.put(prefix + "groups-" + name, GroupDrawings.groupBars(one, attribute));
      all.put(
          prefix + "difference-" + name,
          GroupDrawings.difference(one, pictures.shard().features().size(), attribute).svg());
      GroupDrawings.contrast(one, attribute)
          .ifPresent(drawn -> all.put(prefix + "contrast-" + name, drawn.svg()));
    }
  }
}
