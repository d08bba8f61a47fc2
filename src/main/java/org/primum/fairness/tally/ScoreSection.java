package org.primum.fairness.tally;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The section `SCOR` of a tally's file. First whether scores are on the grid, in one byte; then,
/// for each table of the layout and each of its groups that `CELL` has, ascending, how many
/// positions it has, and for each position its score as eight bytes and, for each label, rows,
/// whole weight and fraction of the weight in units of 2^-50. Whole numbers are of variable length:
/// seven bits a byte, the lowest first, the eighth bit set where more follow.
final class ScoreSection {

  private ScoreSection() {}

  static byte[] write(Tally tally) {
    ByteSink out = new ByteSink();
    out.octet(tally.scale() instanceof ScoreScale.Binned ? 1 : 0);
    for (ScoreTables.Of table : tally.scores().tables()) {
      for (List<String> key : ScoreTables.keys(table.attributes(), tally.cells().keySet())) {
        write(out, table.groups().getOrDefault(key, ScoreCounts.NONE));
      }
    }
    return out.toByteArray();
  }

  private static void write(ByteSink out, ScoreCounts scores) {
    out.int32(scores.size());
    for (int i = 0; i < scores.size(); i++) {
      out.int64(Double.doubleToRawLongBits(scores.at(i)));
      for (int label = 0; label < ScoreCounts.LABELS; label++) {
        for (int which = 0; which < ScoreCounts.NUMBERS; which++) {
          out.number(scores.number(i, label, which));
        }
      }
    }
  }

  /// @throws IllegalArgumentException where it is not what [#write] writes
  static Tally read(
      DataInputStream in, Tally.Layout layout, SortedMap<List<String>, GroupTally> cells)
      throws IOException {
    ScoreScale scale =
        switch (in.readUnsignedByte()) {
          case 0 -> new ScoreScale.Exact();
          case 1 -> new ScoreScale.Binned(layout.grid());
          default -> throw new IllegalArgumentException("a scale that does not exist");
        };
    List<ScoreTables.Of> tables = new ArrayList<>();
    for (List<Integer> attributes : layout.scored()) {
      SortedMap<List<String>, ScoreCounts> groups = new TreeMap<>(Tally.ORDER);
      for (List<String> key : ScoreTables.keys(attributes, cells.keySet())) {
        groups.put(key, readScores(in, scale));
      }
      tables.add(new ScoreTables.Of(attributes, groups));
    }
    return new Tally(layout, scale, cells, new ScoreTables(tables), ProxyCounts.NONE);
  }

  private static ScoreCounts readScores(DataInputStream in, ScoreScale scale) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available()) {
      throw new IllegalArgumentException("more scores than bytes");
    }
    ScoreCounts.Builder scores = new ScoreCounts.Builder();
    double before = -1;
    for (int i = 0; i < size; i++) {
      double at = probability(in.readDouble());
      boolean edge = !(scale instanceof ScoreScale.Binned(ScoreGrid grid)) || grid.isEdge(at);
      if (at <= before || !edge) {
        throw new IllegalArgumentException("scores out of order, or off the grid");
      }
      before = at;
      for (int label = 0; label < ScoreCounts.LABELS; label++) {
        scores.add(at, label, readLong(in), readLong(in), readFraction(in));
      }
    }
    return scores.build();
  }

  /// @throws IllegalArgumentException where it is none, or a negative zero
  static double probability(double value) {
    if (!(value >= 0 && value <= 1) || Double.doubleToRawLongBits(value) < 0) {
      throw new IllegalArgumentException("a score outside [0, 1]");
    }
    return value;
  }

  static long readFraction(DataInputStream in) throws IOException {
    long fraction = readLong(in);
    if (fraction >>> ScoreCounts.FRACTION_BITS != 0) {
      throw new IllegalArgumentException("a fraction of 1 or more");
    }
    return fraction;
  }

  static long readLong(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          break;
        }
        return value;
      }
    }
    throw new IllegalArgumentException("a number in another form than it is written in");
  }
}
