package org.primum.store;

import java.io.IOException;
import java.util.UUID;
import org.primum.gate.ConfigInvalidException;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// Two writers of one new key, one after the other: the second must be told that it lost, and so
/// must one that replaces a version that never was. Servers that do not know `If-None-Match` and
/// `If-Match` ignore them and let everybody win, and then nothing that relies on them is safe.
final class ConditionalWriteProbe {

  private static final String NEVER_WRITTEN = "00000000000000000000000000000000";

  private ConditionalWriteProbe() {}

  static void run(ObjectStore store) throws IOException {
    String key = "primum-probe-" + UUID.randomUUID();
    try {
      store.create(key, Content.of("first"));
      WriteResult second = store.create(key, Content.of("second"));
      WriteResult third = store.replace(key, Content.of("third"), NEVER_WRITTEN);
      if (second instanceof WriteResult.Written || third instanceof WriteResult.Written) {
        throw lacking(store);
      }
    } finally {
      store.delete(key);
    }
  }

  static ConfigInvalidException lacking(ObjectStore store) {
    return new ConfigInvalidException(
        "store "
            + store.name()
            + " does not honor conditional writes (If-None-Match, If-Match), so two writers could"
            + " undo each other; use a server that does, see docs/object-storage.md");
  }
}
