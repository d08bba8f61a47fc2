package org.primum.step.explanation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.primum.data.DataInvalidException;
import org.primum.document.RowExplanationDocument;
import org.primum.explain.value.RowExplanation;
import org.primum.gate.Subject;
import org.primum.report.HtmlReport;
import org.primum.step.StepContext;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// How the prediction of one patient came about: looked up in the explanations of a batch, or
/// computed from a model and data.
///
/// @param id the patient's, as text
/// @param version of primum, for the page
public record PatientExplanation(Sources sources, String id, Shown shown, String version) {

  /// Where it comes from: explanations, or a model and data.
  ///
  /// @param data for explanations, the table they explain, to show its values
  /// @param explainer for a model and data, an `explainer.bin` in the place of a background
  /// @param idColumn for a model and data, the column of the id
  public record Sources(
      Optional<Location> explanations,
      Optional<Location> model,
      Optional<Location> data,
      Optional<Location> background,
      Optional<Location> explainer,
      Optional<List<String>> features,
      Optional<String> idColumn) {

    public Sources {
      if (explanations.isPresent() == model.isPresent()) {
        throw new UsageException(
            "give either --explanations, what shap-batch wrote, or --model and --data");
      }
      boolean compares = background.isPresent() || explainer.isPresent();
      if (explanations.isPresent() && (compares || features.isPresent() || idColumn.isPresent())) {
        throw new UsageException(
            "--background, --explainer, --features and --id-column go with --model; --explanations"
                + " knows them");
      }
      if (background.isPresent() && explainer.isPresent()) {
        throw new UsageException(
            "--background: the file of --explainer says what is compared with; leave one of them"
                + " out");
      }
      if (model.isPresent() && data.isEmpty()) {
        throw new UsageException("--model needs --data, the table with the patient's row");
      }
    }
  }

  /// What of it is shown.
  ///
  /// @param top how many features have a line of their own
  /// @param output the class; empty for all
  /// @param values whether the patient's own values are shown
  public record Shown(int top, OptionalInt output, boolean values) {
    public Shown {
      if (top < 1) {
        throw new UsageException("--top must be at least 1, got " + top);
      }
    }
  }

  /// The explanation in three forms.
  ///
  /// @param table for a terminal
  /// @param html one page
  public record Pages(String table, String json, String html) {}

  static Location given(Optional<Location> location, String option) {
    return location.orElseThrow(() -> new UsageException(option + " is needed"));
  }

  public Pages pages(StepContext context) throws IOException {
    return sources.explanations().isPresent()
        ? stored(sources.explanations().get(), context)
        : fresh(context);
  }

  private Pages stored(Location location, StepContext context) throws IOException {
    StoredExplanations stored = StoredExplanations.open(location, context);
    List<List<RowExplanation>> rows =
        required(stored.find(id), stored.name(), "'" + stored.idColumn() + "'");
    if (sources.data().isPresent() && shown.values()) {
      rows = new PatientValues(stored, id).beside(rows, sources.data().get(), context);
    }
    return pages(rows, stored.subject(), context);
  }

  private Pages fresh(StepContext context) throws IOException {
    FreshExplanations fresh = FreshExplanations.of(sources, context);
    String column = fresh.idColumn().map(name -> "'" + name + "'").orElse("the row number, from 0");
    List<List<RowExplanation>> rows = required(fresh.find(id), fresh.table().name(), column);
    return pages(rows, fresh.subject(), context);
  }

  private static List<List<RowExplanation>> required(
      List<List<RowExplanation>> rows, String name, String column) {
    if (rows.isEmpty()) {
      throw new DataInvalidException(
          name
              + ": no row has the id that --id names; ids are in "
              + column
              + " and are compared as text, letter by letter");
    }
    return rows.subList(0, Math.min(PatientRows.MOST, rows.size()));
  }

  private Pages pages(List<List<RowExplanation>> rows, Subject subject, StepContext context) {
    PatientPages pages =
        new PatientPages(id, rows.stream().map(this::chosen).toList(), shown.top());
    return new Pages(
        pages.table(),
        new String(RowExplanationDocument.write(pages.rows()), StandardCharsets.UTF_8),
        HtmlReport.write(pages.report(version, subject, context.now())));
  }

  /// The classes that are asked for, without values where they are not.
  private List<RowExplanation> chosen(List<RowExplanation> row) {
    if (shown.output().isPresent() && shown.output().getAsInt() >= row.size()) {
      throw new UsageException(
          "--class="
              + shown.output().getAsInt()
              + ": the model has "
              + row.size()
              + (row.size() == 1 ? " margin, class 0" : " classes, counted from 0"));
    }
    return row.stream()
        .filter(one -> shown.output().isEmpty() || shown.output().getAsInt() == one.output())
        .map(one -> shown.values() ? one : one.withoutValues())
        .toList();
  }
}
