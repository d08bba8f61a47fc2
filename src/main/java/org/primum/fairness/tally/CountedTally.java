package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.gate.Subject;

/// A tally, and the tables whose rows it counts: what one may merge, and what a verdict on it
/// speaks of.
///
/// @param tables by digest, each once, all scored by the same model
public record CountedTally(Tally tally, List<CountedTable> tables) {

  public CountedTally {
    tables = tables.stream().sorted(CountedTable.ORDER).toList();
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("a counted tally has a table");
    }
    long rows = tables.stream().mapToLong(CountedTable::rows).sum();
    if (rows != tally.rows()) {
      throw new IllegalArgumentException("the rows of the tables are not those of the tally");
    }
    for (int i = 1; i < tables.size(); i++) {
      if (tables.get(i).dataset().equals(tables.get(i - 1).dataset())) {
        throw new IllegalArgumentException("a table is counted twice");
      }
      if (!model(tables.get(i)).equals(model(tables.get(0)))) {
        throw new IllegalArgumentException("the tables were scored by different models");
      }
    }
  }

  /// The tally of one table.
  public static CountedTally of(Tally tally, CountedTable table) {
    return new CountedTally(tally, List.of(table));
  }

  /// The same with the model that a caller vouches for, where the tables name none.
  public CountedTally scoredBy(Digest digest) {
    return new CountedTally(
        tally,
        tables.stream()
            .map(
                t -> new CountedTable(t.subject().with(Subject.MODEL, digest), t.rows(), t.bytes()))
            .toList());
  }

  private static Optional<Digest> model(CountedTable table) {
    return table.subject().find(Subject.MODEL);
  }

  /// The tally of the rows of both, in whatever order.
  ///
  /// @param name how messages call this one
  /// @param otherName how they call the other one
  /// @throws DataInvalidException where they count other columns, groups or thresholds
  /// @throws ProvenanceInvalidException where they are of different models, or have a table in
  ///   common: its patients would count twice
  public CountedTally plus(String name, CountedTally other, String otherName) {
    if (!model(tables.getFirst()).equals(model(other.tables.getFirst()))) {
      throw new ProvenanceInvalidException(
          "%s: counts the predictions of %s, but %s those of %s; merge tallies of one model"
              .formatted(otherName, other.modelWords(), name, modelWords()));
    }
    for (CountedTable table : other.tables) {
      if (tables.stream().anyMatch(t -> t.dataset().equals(table.dataset()))) {
        throw new ProvenanceInvalidException(
            "%s: counts the table %s, which is counted already; give each shard once, or its patients count twice"
                .formatted(otherName, table.dataset()));
      }
    }
    List<CountedTable> both = new ArrayList<>(tables);
    both.addAll(other.tables);
    try {
      return new CountedTally(tally.plus(other.tally), both);
    } catch (DataInvalidException e) {
      throw new DataInvalidException(otherName + ": " + e.getMessage(), e);
    }
  }

  private String modelWords() {
    return model(tables.getFirst()).map(m -> "the model " + m).orElse("a model it does not name");
  }

  /// What a verdict on the tally speaks of: the model; as dataset the table, or where there are
  /// several the SHA-256 of their digests, one a line in ascending order; as source the same of the
  /// data they were scored from, where all of them name it.
  public Subject subject() {
    Subject subject = Subject.none().with(Subject.DATASET, together(digests(Subject.DATASET)));
    Optional<Digest> model = model(tables.getFirst());
    Subject withModel = model.map(m -> subject.with(Subject.MODEL, m)).orElse(subject);
    List<Digest> sources = digests(Subject.SOURCE);
    return sources.size() < tables.size()
        ? withModel
        : withModel.with(Subject.SOURCE, together(sources));
  }

  private List<Digest> digests(String role) {
    return tables.stream().flatMap(t -> t.subject().find(role).stream()).toList();
  }

  private static Digest together(List<Digest> digests) {
    List<Digest> distinct = digests.stream().sorted().distinct().toList();
    return distinct.size() == 1
        ? distinct.getFirst()
        : Digest.of(distinct.stream().map(d -> d.value() + "\n").collect(Collectors.joining()));
  }
}
