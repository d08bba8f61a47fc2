package org.primum.step.audit;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.primum.step.UsageException;

/// A form in which an audit's evidence is written for others.
public enum AuditExport {
  /// For spreadsheets.
  CSV("csv", "metrics.csv"),
  /// The source attributes of 45 CFR 170.315(b)(11).
  HTI1("hti1", "hti1.json"),
  /// An entry of an inventory for 45 CFR 92.210.
  SECTION_92_210("section-92-210", "section-92-210.json"),
  /// A skeleton of the documentation of Regulation (EU) 2024/1689, Annex IV.
  ANNEX_IV("annex-iv", "annex-iv.md");

  private final String id;
  private final String file;

  AuditExport(String id, String file) {
    this.id = id;
    this.file = file;
  }

  /// Its name on the command line.
  public String id() {
    return id;
  }

  /// Where it is written, below the output directory.
  String path() {
    return "exports/" + file;
  }

  /// Those with these names; all where none is named.
  ///
  /// @throws UsageException where a name is none of an export
  public static Set<AuditExport> named(List<String> ids) {
    Set<AuditExport> exports = EnumSet.noneOf(AuditExport.class);
    ids.stream()
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .map(AuditExport::of)
        .forEach(exports::add);
    return exports.isEmpty() ? EnumSet.allOf(AuditExport.class) : exports;
  }

  private static AuditExport of(String id) {
    return Arrays.stream(values())
        .filter(export -> export.id.equals(id))
        .findFirst()
        .orElseThrow(() ->
            new UsageException("--export: no export is called '" + id + "'; choose from " + ids()));
  }

  private static String ids() {
    return Arrays.stream(values()).map(AuditExport::id).collect(Collectors.joining(", "));
  }
}
