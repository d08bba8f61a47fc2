package org.primum.step.release;

import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.primum.data.Digest;
import org.primum.document.PointerDocument;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;
import org.primum.promotion.Pointer;
import org.primum.promotion.Slot;
import org.primum.report.Report;
import org.primum.step.StepContext;

/// What `promote` and `rollback` leave and say of a registry's pointer.
final class MoveResult {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MoveResult() {}

  /// `pointer.json` in the output directory, and what templates branch on.
  static Map<String, String> leave(Pointer pointer, StepContext context) throws IOException {
    Files.write(context.artifact("pointer.json"), PointerDocument.write(pointer));
    return Map.of("model", pointer.model().value(), "sequence", Long.toString(pointer.sequence()));
  }

  /// What is current, what was, and where a rollback would go.
  static Report.Section section(Pointer pointer) {
    return Report.Section.of(
        "Where the registry stands",
        new Report.Block.Figures(
            List.of(
                new Report.Fact(brief(pointer.model()), "serves now as '" + pointer.name() + "'"),
                new Report.Fact(brief(pointer.previous()), "served before that"),
                new Report.Fact(brief(pointer.lastKnownGood()), "a rollback would go to"))),
        new Report.Block.Paragraph(
            "This is move %d under the name, made at %s."
                .formatted(pointer.sequence(), TIME.format(pointer.time()))),
        new Report.Block.Details(
            "Whole digests", List.of(new Report.Block.Bullets(lines(pointer)))));
  }

  private static String brief(Slot slot) {
    return slot.find().map(MoveResult::brief).orElse("nothing");
  }

  private static String brief(Digest model) {
    return ReleasePages.brief(model).replace("model ", "");
  }

  static List<String> lines(Pointer pointer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Current under '%s': %s, move %d, since %s."
            .formatted(pointer.name(), pointer.model(), pointer.sequence(), pointer.time()));
    lines.add("Before that: " + words(pointer.previous(), "nothing, this is the first") + ".");
    lines.add(
        "A rollback would go to: "
            + words(pointer.lastKnownGood(), "nothing; no earlier model is known good")
            + ".");
    return lines;
  }

  private static String words(Slot slot, String none) {
    return slot.find().map(Digest::value).orElse(none);
  }

  /// A finding on the registry, without a number.
  static Finding finding(String rule, Status status, String reason) {
    return new Finding(
        rule,
        new Measurement(
            "pointer",
            Measurement.OVERALL,
            new Comparison.Alone(),
            new Measure.Unknown(reason),
            new Interval.None(),
            OptionalLong.empty()),
        new Threshold.Present(),
        "presence",
        status,
        Severity.BLOCK,
        reason);
  }
}
