package org.primum.explain.table;

import java.util.IdentityHashMap;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.TreeProgram;

/// Keeps the tables of trees from call to call, as many as there is room for; the others are made
/// anew each time. What a table holds depends on its tree alone, so neither changes a value.
public final class TableShelf {

  private final LeafValues leaves;
  private final IdentityHashMap<TreeProgram, TreeTables> kept = new IdentityHashMap<>();
  private long room;

  /// @param room how many numbers may be kept
  public TableShelf(LeafValues leaves, long room) {
    this.leaves = leaves;
    this.room = room;
  }

  public TreeEntries tables(TreeProgram program) {
    TreeTables known = kept.get(program);
    return known == null ? made(program) : known;
  }

  private TreeTables made(TreeProgram program) {
    TreeTables tables = TreeTables.of(program, leaves);
    long size = TreeTables.size(program);
    if (size <= room) {
      room -= size;
      kept.put(program, tables);
    }
    return tables;
  }

  /// Without a table, unless there is one already.
  public TreeEntries fresh(TreeProgram program) {
    TreeTables known = kept.get(program);
    return known == null ? new FreshEntries(program, leaves) : known;
  }
}
