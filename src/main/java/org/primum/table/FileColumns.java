package org.primum.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the top-level columns in the flattened schema tree of a Parquet file. The tree is walked
/// without recursion: its depth is the file's choice.
final class FileColumns {

  private static final String NESTED =
      "holds lists, maps or records; flatten it into plain columns, or leave it out";

  private FileColumns() {}

  static int leaves(List<SchemaNode> nodes) {
    return (int) nodes.stream().skip(1).filter(node -> node.children() == 0).count();
  }

  static List<FileColumn> of(List<SchemaNode> nodes) {
    if (nodes.isEmpty()) {
      throw new Damage("it has no schema");
    }
    List<FileColumn> columns = new ArrayList<>();
    int at = 1;
    int leaf = 0;
    while (at < nodes.size()) {
      int end = subtreeEnd(nodes, at);
      columns.add(column(nodes.get(at), leaf, end - at == 1));
      leaf += leaves(nodes.subList(at - 1, end));
      at = end;
    }
    if (columns.size() != nodes.getFirst().children()) {
      throw new Damage("its schema is not a tree");
    }
    if (columns.size() > Limits.COLUMNS) {
      throw new Damage("it has more than " + Limits.COLUMNS + " columns");
    }
    return columns;
  }

  private static int subtreeEnd(List<SchemaNode> nodes, int root) {
    long pending = 1;
    int at = root;
    while (pending > 0) {
      if (at == nodes.size() || nodes.get(at).children() < 0) {
        throw new Damage("its schema is not a tree");
      }
      pending += nodes.get(at).children() - 1;
      at++;
    }
    return at;
  }

  private static FileColumn column(SchemaNode node, int leaf, boolean flat) {
    boolean plain =
        node.repetition() == SchemaNode.REQUIRED || node.repetition() == SchemaNode.OPTIONAL;
    if (!flat || !plain || node.type() < 0) {
      return new FileColumn.Unreadable(node.name(), NESTED);
    }
    Optional<ValueType> values = ValueTypes.of(node);
    boolean optional = node.repetition() == SchemaNode.OPTIONAL;
    return values
        .<FileColumn>map(type -> new FileColumn.Flat(node.name(), leaf, optional, type))
        .orElseGet(() -> new FileColumn.Unreadable(node.name(), ValueTypes.refusal(node)));
  }
}
