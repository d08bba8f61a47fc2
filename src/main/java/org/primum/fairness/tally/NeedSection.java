package org.primum.fairness.tally;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The section `NEED` of a tally's file. For each combination in the order of `CELL`, how many
/// positions it has, and for each position its score as eight bytes, its rows, and for each of the
/// three sums (weight, need, squared need) the whole part, its sign in the lowest bit, and the
/// fraction in units of 2^-50. Whole numbers are of variable length, as in `SCOR`.
final class NeedSection implements TallySection {

  @Override
  public String tag() {
    return "NEED";
  }

  @Override
  public boolean isNeeded(Tally tally) {
    return tally.cells().values().stream().anyMatch(cell -> cell.need().size() > 0);
  }

  @Override
  public byte[] write(Tally tally) {
    ByteSink out = new ByteSink();
    for (GroupTally cell : tally.cells().values()) {
      write(out, cell.need());
    }
    return out.toByteArray();
  }

  private static void write(ByteSink out, NeedCounts need) {
    out.int32(need.size());
    for (int i = 0; i < need.size(); i++) {
      out.int64(Double.doubleToRawLongBits(need.at(i)));
      out.number(need.rows(i));
      for (int lane = 0; lane < ScoreCounts.LABELS; lane++) {
        out.number(signLast(need.number(i, lane, 1)));
        out.number(need.number(i, lane, 2));
      }
    }
  }

  private static long signLast(long whole) {
    long code = whole < 0 ? ~whole << 1 | 1 : whole << 1;
    if (code < 0) {
      throw NeedCounts.tooLarge(new ArithmeticException("62 bits"));
    }
    return code;
  }

  @Override
  public Tally read(DataInputStream in, Tally tally) throws IOException {
    SortedMap<List<String>, GroupTally> cells = new TreeMap<>(Tally.ORDER);
    for (Map.Entry<List<String>, GroupTally> cell : tally.cells().entrySet()) {
      cells.put(cell.getKey(), cell.getValue().with(read(in, tally.scale())));
    }
    Tally whole = tally.with(cells);
    if (!isNeeded(whole)) {
      throw new IllegalArgumentException("a section of nothing");
    }
    return whole;
  }

  private static NeedCounts read(DataInputStream in, ScoreScale scale) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available()) {
      throw new IllegalArgumentException("more scores than bytes");
    }
    ScoreCounts.Builder lanes = new ScoreCounts.Builder();
    double before = -1;
    for (int i = 0; i < size; i++) {
      double at = ScoreSection.probability(in.readDouble());
      boolean edge = !(scale instanceof ScoreScale.Binned(ScoreGrid grid)) || grid.isEdge(at);
      long rows = ScoreSection.readLong(in);
      if (at <= before || !edge || rows == 0) {
        throw new IllegalArgumentException("needs out of order, off the grid, or of nobody");
      }
      before = at;
      for (int lane = 0; lane < ScoreCounts.LABELS; lane++) {
        long whole = ScoreSection.readLong(in);
        long signed = (whole & 1) == 1 ? ~(whole >>> 1) : whole >>> 1;
        lanes.add(at, lane, rows, signed, ScoreSection.readFraction(in));
      }
    }
    return new NeedCounts(lanes.build());
  }
}
