package org.primum.gate;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Digest;

/// The things a verdict speaks of, by role: `model`, `dataset`, `policy`, and `source`.
public record Subject(Map<String, Digest> digests) {

  public static final String MODEL = "model";
  public static final String DATASET = "dataset";
  public static final String POLICY = "policy";

  /// The data a scored table was made from, where the dataset is that scored table.
  public static final String SOURCE = "source";

  public Subject {
    SortedMap<String, Digest> sorted = new TreeMap<>(digests);
    digests = java.util.Collections.unmodifiableSortedMap(sorted);
  }

  public static Subject none() {
    return new Subject(Map.of());
  }

  /// The same subject with one more role.
  public Subject with(String role, Digest digest) {
    SortedMap<String, Digest> more = new TreeMap<>(digests);
    more.put(role, digest);
    return new Subject(more);
  }

  public Optional<Digest> find(String role) {
    return Optional.ofNullable(digests.get(role));
  }
}
