package org.primum.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The columns of a table in file order; names are unique.
public record Schema(List<Field> fields) {

  public Schema {
    fields = List.copyOf(fields);
    Set<String> seen = new HashSet<>();
    for (Field field : fields) {
      if (!seen.add(field.name())) {
        throw new DataInvalidException("column '" + field.name() + "' occurs twice");
      }
    }
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  public Optional<Field> find(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /// The field of that name.
  ///
  /// @param table how a message calls the table, usually its location
  /// @throws DataInvalidException where there is none; the message lists what there is
  public Field require(String name, String table) {
    return find(name)
        .orElseThrow(() ->
            new DataInvalidException(
                table + ": no column '" + name + "'; it has " + String.join(", ", names())));
  }
}
