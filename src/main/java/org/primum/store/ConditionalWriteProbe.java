package org.primum.store;

import java.io.IOException;
import java.util.UUID;
import org.primum.gate.ConfigInvalidException;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// Two writers of one new key, one after the other: the second must be told that it lost. Servers
/// that do not know `If-None-Match` ignore it and let both win, and then nothing that relies on it
/// is safe.
final class ConditionalWriteProbe {

  private ConditionalWriteProbe() {}

  static void run(ObjectStore store) throws IOException {
    String key = "primum-probe-" + UUID.randomUUID();
    try {
      store.create(key, Content.of("first"));
      WriteResult second = store.create(key, Content.of("second"));
      if (second instanceof WriteResult.Written) {
        throw new ConfigInvalidException(
            "store "
                + store.name()
                + " does not honor conditional writes (If-None-Match), so two writers could undo"
                + " each other; use a server that does, see docs/object-storage.md");
      }
    } finally {
      store.delete(key);
    }
  }
}
