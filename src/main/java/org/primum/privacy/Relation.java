package org.primum.privacy;

/// Which datasets count as neighbours: what one patient may change.
public enum Relation {
  /// One patient with all his rows is there or not.
  ADD_REMOVE("add-remove"),
  /// One patient's rows are replaced by those of another; the number of patients is public.
  REPLACE_ONE("replace-one");

  private final String id;

  Relation(String id) {
    this.id = id;
  }

  /// The name in files.
  public String id() {
    return id;
  }

  /// @throws IllegalArgumentException where there is none of that name
  public static Relation ofId(String id) {
    for (Relation relation : values()) {
      if (relation.id.equals(id)) {
        return relation;
      }
    }
    throw new IllegalArgumentException(
        "neighbouring is add-remove or replace-one, got '" + id + "'");
  }
}
