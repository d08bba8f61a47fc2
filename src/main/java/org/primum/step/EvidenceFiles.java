package org.primum.step;

import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /// What was read so far, by name.
  SortedMap<String, byte[]> read() {
    return Collections.unmodifiableSortedMap(read);
  }
}
