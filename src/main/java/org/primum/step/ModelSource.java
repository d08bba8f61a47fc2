package org.primum.step;

import java.io.IOException;
import java.util.Map;
import org.primum.data.Digest;
import org.primum.data.Table;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.gate.Subject;
import org.primum.store.Location;

/// Which model made the predictions of a scored table, and from which data.
public sealed interface ModelSource {

  /// Key of a scored table's metadata: the digest of the model that scored it.
  String MODEL_KEY = "primum.model";

  /// Key of a scored table's metadata: the digest of the data it was scored from.
  String SOURCE_KEY = "primum.dataset";

  /// The model at a location: a directory by its `dirHash`, a file by its bytes.
  record At(Location location) implements ModelSource {}

  /// The one the scored table names, if it does.
  record AsScored() implements ModelSource {}

  /// The metadata of a table that was scored.
  static Map<String, String> metadata(Digest model, Digest dataset) {
    return Map.of(MODEL_KEY, model.value(), SOURCE_KEY, dataset.value());
  }

  /// The model as far as it is known.
  ///
  /// @throws ProvenanceInvalidException where the table was scored by another model than the given
  ///   one
  default Subject subject(Table table, StepContext context) throws IOException {
    return bind(scored(table), table.name(), context);
  }

  /// The model as far as it is known.
  ///
  /// @param scored what the rows say of themselves
  /// @param name how messages call them
  /// @throws ProvenanceInvalidException where they were scored by another model than the given one
  default Subject bind(Subject scored, String name, StepContext context) throws IOException {
    return switch (this) {
      case AsScored() -> scored;
      case At(Location location) -> {
        Digest given = ModelInput.digest(location, context);
        if (scored.find(Subject.MODEL).filter(d -> !d.equals(given)).isPresent()) {
          throw new ProvenanceInvalidException(
              "--model="
                  + location
                  + ": "
                  + name
                  + " was scored by another model ("
                  + scored.find(Subject.MODEL).map(Digest::value).orElse("")
                  + ", not "
                  + given
                  + "); score the data again, or name the model that did");
        }
        yield scored.with(Subject.MODEL, given);
      }
    };
  }

  private static Subject scored(Table table) {
    Subject subject = named(Subject.none(), Subject.MODEL, MODEL_KEY, table);
    return named(subject, Subject.SOURCE, SOURCE_KEY, table);
  }

  private static Subject named(Subject subject, String role, String key, Table table) {
    String text = table.metadata().getOrDefault(key, "");
    if (text.isEmpty()) {
      return subject;
    }
    try {
      return subject.with(role, new Digest(text));
    } catch (IllegalArgumentException e) {
      throw new ProvenanceInvalidException(
          table.name() + ": its metadata " + key + " is no digest; score the data again");
    }
  }
}
