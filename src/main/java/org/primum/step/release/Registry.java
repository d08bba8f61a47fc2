package org.primum.step.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.primum.document.PointerDocument;
import org.primum.document.Source;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.promotion.History;
import org.primum.promotion.Pointer;
import org.primum.step.UsageException;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// The pointer of one name in a registry, and the only way it moves.
///
/// `current.json` is the truth, and moves by compare-and-set. `history/<sequence>.json` holds each
/// pointer that ever was current, created once: after a move, and, where a promoter was killed in
/// between, before the next one. `last-known-good.json` repeats where a rollback goes, for readers.
/// Whoever is killed between two requests leaves a registry that the next one completes.
final class Registry {

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /// A pointer has about 600 bytes.
  private static final int LIMIT = 1 << 16;

  private static final int ATTEMPTS = 100;

  private final ObjectStore store;
  private final String name;

  /// @throws UsageException where the name is none a registry can hold
  Registry(ObjectStore store, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UsageException(
          "--name: lower-case letters, digits, '.', '_' and '-', at most 63 of them, and a letter"
              + " or digit first");
    }
    this.store = store;
    this.name = name;
  }

  /// The current pointer.
  ///
  /// @param version of the object it was read from
  @SuppressWarnings("ArrayRecordComponent")
  record Current(Pointer pointer, byte[] bytes, String version) {}

  /// How a move ended.
  sealed interface Moved {
    /// The pointer arrived and is current.
    record Here(Pointer pointer) implements Moved {}

    /// The pointer arrived, and somebody has moved on from it since.
    record Superseded(Pointer pointer, Pointer current) implements Moved {}

    /// Somebody else moved first.
    record Lost(Pointer current) implements Moved {}
  }

  String name() {
    return name;
  }

  ModelBlobs blobs() {
    return new ModelBlobs(store, folder() + "candidates/");
  }

  Optional<Current> current() throws IOException {
    Optional<ObjectStore.Read> read = store.read(currentKey(), LIMIT);
    return read.isEmpty() ? Optional.empty() : Optional.of(current(read.get()));
  }

  /// Completes what a killed promoter may have left undone after its move.
  void settle(Current current) throws IOException {
    settle(current.pointer(), current.bytes());
  }

  /// Every pointer up to the current one.
  ///
  /// @throws ProvenanceInvalidException where one is missing or does not follow
  History history(Current current) throws IOException {
    List<Pointer> entries = new ArrayList<>();
    for (long sequence = 1; sequence < current.pointer().sequence(); sequence++) {
      String key = historyKey(sequence);
      Optional<ObjectStore.Read> read = store.read(key, LIMIT);
      if (read.isEmpty()) {
        throw new ProvenanceInvalidException(
            at(key) + " is missing: the history has a gap; restore it from a copy of the registry");
      }
      entries.add(pointer(key, read.get().bytes()));
    }
    entries.add(current.pointer());
    return new History(entries);
  }

  /// Moves the pointer.
  ///
  /// @param before the current pointer when the move was decided; empty for the first one
  Moved move(Optional<Current> before, Pointer next) throws IOException {
    byte[] bytes = PointerDocument.write(next);
    Content content = Content.of(bytes);
    WriteResult result =
        before.isEmpty()
            ? store.create(currentKey(), content)
            : store.replace(currentKey(), content, before.get().version());
    if (result instanceof WriteResult.Written) {
      settle(next, bytes);
      return new Moved.Here(next);
    }
    return recognize(next, bytes);
  }

  /// A conflict may be our own write whose answer was lost: then our nonce is there.
  private Moved recognize(Pointer next, byte[] bytes) throws IOException {
    Current there =
        current()
            .orElseThrow(() ->
                new ProvenanceInvalidException(
                    at(currentKey()) + " was removed meanwhile; nothing was promoted"));
    if (there.pointer().nonce().equals(next.nonce())) {
      settle(next, bytes);
      return new Moved.Here(next);
    }
    String key = historyKey(next.sequence());
    Optional<ObjectStore.Read> entry = store.read(key, LIMIT);
    boolean arrived = entry.isPresent() && Arrays.equals(entry.get().bytes(), bytes);
    return arrived ? new Moved.Superseded(next, there.pointer()) : new Moved.Lost(there.pointer());
  }

  private void settle(Pointer pointer, byte[] bytes) throws IOException {
    String key = historyKey(pointer.sequence());
    if (store.create(key, Content.of(bytes)) instanceof WriteResult.Conflict) {
      Optional<ObjectStore.Read> there = store.read(key, LIMIT);
      if (there.isEmpty() || !Arrays.equals(there.get().bytes(), bytes)) {
        throw new ProvenanceInvalidException(
            at(key) + " is not the pointer it records: somebody changed the registry by hand");
      }
    }
    repeatLastKnownGood(pointer);
  }

  /// Newer pointers win, whoever writes last.
  private void repeatLastKnownGood(Pointer pointer) throws IOException {
    String key = folder() + "last-known-good.json";
    Content content = Content.of(PointerDocument.writeLastKnownGood(pointer));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<ObjectStore.Read> there = store.read(key, LIMIT);
      if (there.isPresent() && sequence(key, there.get()) >= pointer.sequence()) {
        return;
      }
      WriteResult result =
          there.isPresent()
              ? store.replace(key, content, there.get().version())
              : store.create(key, content);
      if (result instanceof WriteResult.Written) {
        return;
      }
    }
  }

  private long sequence(String key, ObjectStore.Read read) {
    return PointerDocument.sequenceOfLastKnownGood(new Source(at(key), read.bytes()));
  }

  private Current current(ObjectStore.Read read) {
    return new Current(pointer(currentKey(), read.bytes()), read.bytes(), read.version());
  }

  private Pointer pointer(String key, byte[] bytes) {
    Pointer pointer = PointerDocument.read(new Source(at(key), bytes));
    if (!pointer.name().equals(name)) {
      throw new ProvenanceInvalidException(
          at(key) + " is the pointer of '" + pointer.name() + "': somebody moved it there by hand");
    }
    return pointer;
  }

  private String folder() {
    return "models/" + name + "/";
  }

  private String currentKey() {
    return folder() + "current.json";
  }

  private String historyKey(long sequence) {
    return folder() + "history/" + sequence + ".json";
  }

  private String at(String key) {
    return store.name() + "/" + key;
  }
}
