package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.RowSink;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.ShapleyInteractions;
import org.primum.document.ShapleyMethod;
import org.primum.document.ShapleyShard;
import org.primum.document.ShapleyShardDocument;
import org.primum.explain.summary.ShapleySample;
import org.primum.explain.summary.ShapleyTally;
import org.primum.explain.value.ShapleyValues;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.FeatureMatrix;
import org.primum.model.UnseenCategories;
import org.primum.step.OutputDirectories;
import org.primum.step.OutputDirectory;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// Puts the shards of one `shap-batch` together. The rows and the summary are byte for byte those
/// of a run that was never sharded.
public final class ShapMergeStep implements Step<ShapMergeStep.Inputs> {

  /// @param shards output directories of `shap-batch` or directories that hold such, in any order
  /// @param rules what the values of all shards together are held against
  public record Inputs(List<Location> shards, ShapRules rules) {
    public Inputs {
      shards = List.copyOf(shards);
      if (shards.isEmpty()) {
        throw new UsageException("--shards: name at least one output directory of shap-batch");
      }
    }
  }

  private record Part(String name, Path directory, ShapleyShard shard) {}

  @Override
  public String name() {
    return "shap-merge";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    ShapTrial trial = ShapTrial.of(inputs.rules(), context);
    List<Part> parts = new ArrayList<>();
    for (Location location : inputs.shards()) {
      for (Location shard : OutputDirectories.at(location, context)) {
        parts.add(part(shard, !shard.equals(location), context));
      }
    }
    parts.sort(Comparator.comparingInt(p -> p.shard().index()));
    requireOneRun(parts);

    ShapleyShard first = parts.getFirst().shard();
    trial.requireFit(first.mode(), first.baseValues().size(), first.features());
    ShapleyTally tally =
        new ShapleyTally(
            first.baseValues().size(), first.features().size(), first.tally().attributes());
    ShapleySample sample =
        new ShapleySample(ShapPass.SAMPLE_ROWS, first.baseValues().size(), first.features().size());
    parts.forEach(part -> tally.merge(part.shard().tally()));
    writeRows(parts, sample, context);
    Optional<ShapleyInteractions> interactions =
        InteractionMerge.of(
            parts.stream()
                .map(part -> new InteractionMerge.Part(part.name(), part.directory(), part.shard()))
                .toList(),
            context);

    ShapleyMethod method =
        parts.stream().map(part -> part.shard().method()).reduce(ShapleyMethod::plus).orElseThrow();
    ShapleyShard whole =
        whole(first, method, ShapBatchStep.written(first.emission(), context), tally, interactions);
    return new ShapReport(
            name(),
            whole,
            trial.judge(whole, context),
            ShapPictures.Dots.withoutValues(sample),
            UnseenCategories.NONE)
        .result(context);
  }

  /// @param found whether nobody named this very directory: then it has to have its verdict, which
  ///   a step writes last
  private static Part part(Location location, boolean found, StepContext context)
      throws IOException {
    Path directory = context.fetchDirectory("shards", location);
    if (found && !Files.exists(directory.resolve(OutputDirectory.MARKER))) {
      throw new DataInvalidException(
          location
              + ": holds no "
              + OutputDirectory.MARKER
              + "; shap-batch did not finish there: run that shard again, or take the directory"
              + " away");
    }
    ShapleyShard shard = ShapleyShardDocument.read(directory, location.toString());
    Path rows = directory.resolve(ShapTable.FILE_NAME);
    Path sums = directory.resolve(ShapleyShardDocument.FILE_NAME);
    String name = location + "/" + ShapTable.FILE_NAME;
    TableFiles.open(rows, name);
    context.recordInput("rows", location, Digest.of(rows), Files.size(rows));
    context.recordInput("sums", location, Digest.of(sums), Files.size(sums));
    InteractionMerge.record(shard, directory, location, context);
    return new Part(name, directory, shard);
  }

  private static void requireOneRun(List<Part> parts) {
    ShapleyShard first = parts.getFirst().shard();
    long next = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      ShapleyShard shard = part.shard();
      if (!isSameRun(first, shard)) {
        throw new ProvenanceInvalidException(
            part.name()
                + ": explains another model or other data, or was run with other options, than "
                + parts.getFirst().name());
      }
      if (shard.index() != i || shard.count() != parts.size() || shard.firstRow() != next) {
        throw new ProvenanceInvalidException(
            part.name()
                + ": is shard "
                + shard.index()
                + " of "
                + shard.count()
                + "; give every shard of one run once, "
                + parts.size()
                + " are given");
      }
      next += shard.tally().overall().rows();
    }
  }

  private static boolean isSameRun(ShapleyShard a, ShapleyShard b) {
    return a.model().equals(b.model())
        && a.dataset().equals(b.dataset())
        && a.mode().equals(b.mode())
        && a.background().equals(b.background())
        && a.method().fits(b.method())
        && a.cover().equals(b.cover())
        && a.id().equals(b.id())
        && a.topK() == b.topK()
        && a.minCohort() == b.minCohort()
        && a.emission().equals(b.emission())
        && a.features().equals(b.features())
        && a.baseValues().equals(b.baseValues())
        && a.tally().attributes().equals(b.tally().attributes())
        && a.groups().equals(b.groups())
        && InteractionMerge.isSameAsk(a.interactions(), b.interactions());
  }

  private static ShapleyShard whole(
      ShapleyShard first,
      ShapleyMethod method,
      Optional<Digest> rows,
      ShapleyTally tally,
      Optional<ShapleyInteractions> interactions) {
    return new ShapleyShard(
        0,
        1,
        0,
        first.model(),
        first.dataset(),
        first.mode(),
        first.background(),
        method,
        first.cover(),
        first.id(),
        first.topK(),
        first.minCohort(),
        first.emission(),
        rows,
        first.features(),
        first.baseValues(),
        tally,
        first.groups(),
        interactions);
  }

  private static void writeRows(List<Part> parts, ShapleySample sample, StepContext context)
      throws IOException {
    ShapleyShard first = parts.getFirst().shard();
    ShapTable target =
        new ShapTable(
                fullest(parts).schema(),
                first.features().size(),
                first.baseValues().size(),
                ShapTable.metadata(
                    first.model(), first.dataset(), first.mode(), first.background()))
            .withEmission(first.emission())
            .withMethod(first.method())
            .withLink(PatientLink.of(fullest(parts).metadata()));
    context.progress().start("merging shards", parts.size());
    Optional<String> cover = Optional.ofNullable(fullest(parts).metadata().get(ShapTable.COVER));
    ShapTable full = target.withCover(cover, first.cover()).withGroups(first.groups());
    try (RowSink sink = full.create(context.artifact(ShapTable.FILE_NAME))) {
      for (Part part : parts) {
        copy(part, target, sample, sink);
        context.progress().advance(1);
      }
    }
    context.progress().finish();
  }

  private static Table fullest(List<Part> parts) throws IOException {
    Part part =
        parts.stream()
            .max(Comparator.comparingLong(p -> p.shard().tally().overall().rows()))
            .orElseThrow();
    return TableFiles.open(part.directory().resolve(ShapTable.FILE_NAME), part.name());
  }

  /// Copies rows, and adds them up again: sums that are not those of the rows were not written by
  /// the same run.
  private static void copy(Part part, ShapTable target, ShapleySample sample, RowSink sink)
      throws IOException {
    ShapleyShard shard = part.shard();
    ShapleyTally recount = new ShapleyTally(target.outputs(), target.features(), List.of());
    Table table = TableFiles.open(part.directory().resolve(ShapTable.FILE_NAME), part.name());
    List<Selection> selections =
        target.schema().fields().stream().map(f -> new Selection(f.name(), f.type())).toList();
    long row = shard.firstRow();
    Lines lines = new Lines(target, shard.emission().isLossy());
    try (Batches batches = table.read(selections)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent()) {
        sink.write(next.get());
        row = lines.offer(next.get(), row, sample, recount, part.name());
        next = batches.next();
      }
    }
    if (!isSummedUp(part, recount)) {
      throw new ProvenanceInvalidException(
          part.name() + ": its rows are not those that shard.json sums up; run the shard again");
    }
  }

  /// Whether the rows are those of the sums. Rows of which something was withheld are known by
  /// their bytes.
  private static boolean isSummedUp(Part part, ShapleyTally recount) throws IOException {
    ShapleyShard shard = part.shard();
    if (shard.emission().isLossy()) {
      Digest own = Digest.of(part.directory().resolve(ShapTable.FILE_NAME));
      return shard.rows().filter(own::equals).isPresent();
    }
    return recount.overall().rows() == shard.tally().overall().rows()
        && Arrays.equals(recount.overall().bytes(), shard.tally().overall().bytes());
  }

  /// The lines of a table as Shapley values again.
  private record Lines(ShapTable target, boolean isLossy) {

    /// @return the position of the row after the batch
    long offer(Batch batch, long row, ShapleySample sample, ShapleyTally recount, String name) {
      int outputs = target.outputs();
      int rows = batch.rows() / outputs;
      if (rows * outputs != batch.rows()) {
        throw new ProvenanceInvalidException(name + ": a row lacks one of its classes");
      }
      ShapleyValues values = values(batch, rows);
      if (!isLossy) {
        recount.add(values, List.of());
      }
      double[] unknown = new double[rows * target.features()];
      Arrays.fill(unknown, Double.NaN);
      sample.offer(row, values, new FeatureMatrix(unknown, rows, target.features()));
      return row + rows;
    }

    private ShapleyValues values(Batch batch, int rows) {
      int outputs = target.outputs();
      int base = outputs > 1 ? 2 : 1;
      double[] baseValues = new double[outputs];
      double[] margins = new double[rows * outputs];
      double[] values = new double[rows * outputs * target.features()];
      for (int line = 0; line < margins.length; line++) {
        baseValues[line % outputs] = batch.number(base).valueOrNaN(line);
        margins[line] = batch.number(base + 1).valueOrNaN(line);
      }
      for (int feature = 0; feature < target.features(); feature++) {
        var column = batch.number(base + 2 + feature);
        for (int line = 0; line < margins.length; line++) {
          int at = ((line % outputs) * target.features() + feature) * rows + line / outputs;
          values[at] = column.valueOrNaN(line);
        }
      }
      return ShapleyValues.of(target.features(), baseValues, margins, values);
    }
  }
}
