package org.primum.step.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.primum.data.Digest;
import org.primum.promotion.History;
import org.primum.promotion.Pointer;
import org.primum.step.UsageException;
import org.primum.store.ObjectStore;

/// Tells what is current under a name of a registry. Reads only, and leaves nothing.
public final class StatusStep {

  private StatusStep() {}

  /// @param withdrawn models that were rolled back and not promoted again, oldest first
  public record Status(Pointer pointer, List<Digest> withdrawn) {
    public Status {
      withdrawn = List.copyOf(withdrawn);
    }

    /// A sentence a line.
    public String lines() {
      List<String> lines = new ArrayList<>(MoveResult.lines(pointer));
      for (Digest model : withdrawn) {
        lines.add("Rolled back, and not promoted again: %s.".formatted(model));
      }
      return String.join("\n", lines) + "\n";
    }
  }

  /// @throws UsageException where nothing was ever promoted under the name
  /// @throws org.primum.gate.ProvenanceInvalidException where the registry was changed by hand
  public static Status read(ObjectStore store, String name) throws IOException {
    Registry registry = new Registry(store, name);
    Optional<Registry.Current> current = registry.current();
    if (current.isEmpty()) {
      throw nothing(name, store);
    }
    History history = registry.history(current.get());
    return new Status(history.current(), List.copyOf(history.withdrawn()));
  }

  static UsageException nothing(String name, ObjectStore store) {
    return new UsageException(
        "--name=%s: nothing was ever promoted under this name in %s%s"
            .formatted(name, store.name(), others(store)));
  }

  private static String others(ObjectStore store) {
    Set<String> names = new TreeSet<>();
    try {
      for (ObjectStore.Stat object : store.list("models/")) {
        if (object.key().endsWith("/current.json")) {
          names.add(object.key().split("/", -1)[1]);
        }
      }
    } catch (IOException _) {
      // The names are a courtesy; what is wrong was said already.
      return "";
    }
    return names.isEmpty() ? "" : "; it knows " + String.join(", ", names);
  }
}
