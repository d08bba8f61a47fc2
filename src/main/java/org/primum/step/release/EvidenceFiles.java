package org.primum.step.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Digest;
import org.primum.document.EvidenceDocument;
import org.primum.gate.ConfigInvalidException;
import org.primum.store.ObjectStore;

/// The files of an evidence directory, in a folder or a bucket, and the bytes that were read of
/// them.
final class EvidenceFiles implements EvidenceDocument.Directory {

  private final ObjectStore store;
  private final SortedMap<String, byte[]> read = new TreeMap<>();

  EvidenceFiles(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> file(String name) throws IOException {
    Optional<ObjectStore.Stat> stat = store.stat(name);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    if (stat.get().size() > EvidenceDocument.LIMIT) {
      throw new ConfigInvalidException(
          name + " has " + stat.get().size() + " bytes; no step writes one this large");
    }
    Optional<byte[]> bytes = store.read(name, EvidenceDocument.LIMIT).map(ObjectStore.Read::bytes);
    bytes.ifPresent(b -> read.put(name, b));
    return bytes;
  }

  @Override
  public Optional<Digest> digest(String name) throws IOException {
    byte[] already = read.get(name);
    if (already != null) {
      return Optional.of(Digest.of(already));
    }
    try (InputStream in = store.open(name)) {
      return Optional.of(Digest.of(in));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// What was read so far, by name.
  SortedMap<String, byte[]> read() {
    return Collections.unmodifiableSortedMap(read);
  }
}
