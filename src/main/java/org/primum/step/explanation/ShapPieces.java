package org.primum.step.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.explain.Explainer;
import org.primum.explain.ShapleyValuesFile;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Explains piece after piece and, where `--resume` names a place, keeps each one there until the
/// run is done: a run that was killed begins where it was.
///
/// A piece is found again by what its values depend on: the model, the data, the options, the
/// program's version and the rows. Whatever else lies there is not looked at.
final class ShapPieces {

  /// A larger object is none of ours.
  private static final int MAX_BYTES = 1 << 30;

  /// Says no where what is explained is another by now.
  @FunctionalInterface
  interface Unchanged {
    void require() throws IOException;
  }

  private final Explainer explainer;
  private final int names;
  private final Unchanged unchanged;
  private final Optional<Location> place;
  private final String folder;
  private final StepContext context;
  private final List<String> keys = new ArrayList<>();
  private long kept;

  /// @param names how many values a row has
  /// @param run what the values of all pieces depend on
  /// @param unchanged is asked before a piece is kept
  ShapPieces(
      Explainer explainer,
      int names,
      Optional<Location> place,
      Digest run,
      Unchanged unchanged,
      StepContext context) {
    this.explainer = explainer;
    this.names = names;
    this.unchanged = unchanged;
    this.place = place;
    this.folder = "pieces-" + run.hex().substring(0, 32);
    this.context = context;
  }

  /// The values of some rows, computed or kept from a run that did not finish.
  ///
  /// @param firstRow position in the table of the first of them
  /// @throws org.primum.explain.value.AdditivityException where they do not add up
  ShapleyValues explain(long firstRow, FeatureMatrix rows) throws IOException {
    if (place.isEmpty()) {
      return checked(explainer.explain(rows));
    }
    String key = folder + "/" + firstRow + "-" + rows.rows();
    try (ObjectStore store = context.open(place.get())) {
      keys.add(key);
      Optional<ShapleyValues> found = find(store, key, rows);
      if (found.isPresent()) {
        kept += rows.rows();
        return found.get();
      }
      ShapleyValues made = checked(explainer.explain(rows));
      unchanged.require();
      store.put(key, ObjectStore.Content.of(ShapleyValuesFile.write(made)));
      return made;
    }
  }

  private static ShapleyValues checked(ShapleyValues values) {
    values.requireAdditivity();
    return values;
  }

  /// Nothing where there is no piece, or a damaged one.
  private Optional<ShapleyValues> find(ObjectStore store, String key, FeatureMatrix rows)
      throws IOException {
    Optional<ObjectStore.Read> read = store.read(key, MAX_BYTES);
    Optional<ShapleyValues> values =
        read.flatMap(found -> ShapleyValuesFile.read(found.bytes(), explainer, names, rows.rows()));
    if (read.isPresent() && values.isEmpty()) {
      context.log(
          "--resume=" + place.get() + ": " + key + " is damaged; its rows are explained again");
    }
    values.ifPresent(ShapleyValues::requireAdditivity);
    return values;
  }

  /// Says what was kept, and lets go of all pieces when the result is where it belongs.
  void finish() {
    if (kept > 0) {
      context.log("resumed: " + kept + " rows were explained before and kept");
    }
    if (place.isPresent()) {
      context.afterCommit(() -> delete(place.get()));
    }
  }

  private void delete(Location at) {
    try (ObjectStore store = context.open(at)) {
      for (String key : keys) {
        store.delete(key);
      }
    } catch (IOException e) {
      context.log("--resume=" + at + ": pieces of the finished run stay: " + e.getMessage());
    }
  }
}
