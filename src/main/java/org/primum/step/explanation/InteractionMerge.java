package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.RowSink;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.ShapleyInteractions;
import org.primum.document.ShapleyShard;
import org.primum.explain.summary.InteractionSums;
import org.primum.explain.summary.MainEffects;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// Puts the interactions of shards together.
final class InteractionMerge {

  private InteractionMerge() {}

  /// A shard.
  ///
  /// @param name of its rows in messages
  record Part(String name, Path directory, ShapleyShard shard) {

    Path file() {
      return directory.resolve(InteractionTable.FILE_NAME);
    }

    String called() {
      int cut = name.length() - ShapTable.FILE_NAME.length();
      return name.substring(0, Math.max(0, cut)) + InteractionTable.FILE_NAME;
    }

    long rows() {
      return shard.tally().overall().rows();
    }

    Table table() throws IOException {
      return TableFiles.open(file(), called());
    }
  }

  /// Records the lines beside a shard as an input, where it has some.
  ///
  /// @throws DataInvalidException where they are not there
  static void record(ShapleyShard shard, Path directory, Location location, StepContext context)
      throws IOException {
    if (shard.interactions().isEmpty()) {
      return;
    }
    Path file = directory.resolve(InteractionTable.FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new DataInvalidException(
          location
              + "/"
              + InteractionTable.FILE_NAME
              + ": is not there, though shard.json sums it up; run the shard again");
    }
    context.recordInput("interactions", location, Digest.of(file), Files.size(file));
  }

  /// Whether two shards were asked for the same interactions.
  static boolean isSameAsk(Optional<ShapleyInteractions> a, Optional<ShapleyInteractions> b) {
    return a.isPresent() == b.isPresent() && a.flatMap(one -> b.map(one::isSameAsk)).orElse(true);
  }

  /// Writes the lines of all shards; empty where none were asked for.
  ///
  /// @param parts of one run, in the order of their rows
  /// @throws ProvenanceInvalidException where lines are not those that a shard sums up
  static Optional<ShapleyInteractions> of(List<Part> parts, StepContext context)
      throws IOException {
    Optional<ShapleyInteractions> first = parts.getFirst().shard().interactions();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    ShapleyInteractions asked = first.get();
    int outputs = asked.sums().outputs();
    InteractionSums sums = new InteractionSums(outputs, asked.pairs().size());
    Table fullest = parts.stream().max(Comparator.comparingLong(Part::rows)).orElseThrow().table();
    InteractionTable target =
        new InteractionTable(
            fullest.schema().fields().getFirst(),
            outputs,
            asked.pairs().names(),
            own(fullest.metadata()));
    try (RowSink sink = target.create(context.artifact(InteractionTable.FILE_NAME))) {
      for (Part part : parts) {
        copy(part, target, sink);
        part.shard().interactions().ifPresent(one -> sums.merge(one.sums()));
      }
    }
    return Optional.of(
        new ShapleyInteractions(asked.asked(), asked.pairs(), sums, alone(parts, outputs, asked)));
  }

  /// What features do alone, where every shard says so.
  private static Optional<MainEffects> alone(
      List<Part> parts, int outputs, ShapleyInteractions asked) {
    List<MainEffects> all =
        parts.stream()
            .flatMap(part -> part.shard().interactions().stream())
            .flatMap(one -> one.alone().stream())
            .toList();
    if (all.size() < parts.size()) {
      return Optional.empty();
    }
    MainEffects sum = new MainEffects(outputs, asked.pairs().names().size());
    all.forEach(sum::merge);
    return Optional.of(sum);
  }

  /// What the step wrote, without what the format adds.
  private static Map<String, String> own(Map<String, String> metadata) {
    Map<String, String> own = new TreeMap<>(metadata);
    own.keySet().removeIf(key -> !key.startsWith("primum."));
    return own;
  }

  private static void copy(Part part, InteractionTable target, RowSink sink) throws IOException {
    Table table = part.table();
    List<Selection> selections =
        target.schema().fields().stream().map(f -> new Selection(f.name(), f.type())).toList();
    int value = selections.size() - 1;
    InteractionSums recount = new InteractionSums(1, 0);
    try (Batches batches = table.read(selections)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent()) {
        Batch batch = next.get();
        sink.write(batch);
        for (int line = 0; line < batch.rows(); line++) {
          recount.addLine(batch.number(value).valueOrNaN(line));
        }
        next = batches.next();
      }
    }
    boolean isWhole =
        part.shard().interactions().map(one -> one.sums().hasLinesOf(recount)).orElse(false);
    if (!isWhole) {
      throw new ProvenanceInvalidException(
          part.called() + ": its lines are not those that shard.json sums up; run the shard again");
    }
  }
}
