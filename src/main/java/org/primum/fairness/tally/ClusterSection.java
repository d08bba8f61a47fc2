package org.primum.fairness.tally;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The section `CLUS` of a tally's file, only where a policy names a cluster column. First how many
/// replicates there are and how many numbers an entry has, four bytes each; then, for each
/// combination in the order of `CELL`, how many entries it has, in four bytes, and for each entry
/// its slot in four bytes and its numbers, of variable length as in `SCOR`.
final class ClusterSection implements TallySection {

  private static final int MAX_REPLICATES = 1 << 16;

  @Override
  public String tag() {
    return "CLUS";
  }

  @Override
  public boolean isNeeded(Tally tally) {
    return tally.cells().values().stream().anyMatch(cell -> !cell.draws().isNone());
  }

  @Override
  public byte[] write(Tally tally) {
    ByteSink out = new ByteSink();
    ClusterDraws any =
        tally.cells().values().stream()
            .map(GroupTally::draws)
            .filter(draws -> !draws.isNone())
            .findFirst()
            .orElseThrow();
    out.int32(any.replicates());
    out.int32(any.sums(0).length);
    for (GroupTally cell : tally.cells().values()) {
      write(out, cell.draws());
    }
    return out.toByteArray();
  }

  private static void write(ByteSink out, ClusterDraws draws) {
    out.int32(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      out.int32(draws.slot(i));
      for (long sum : draws.sums(i)) {
        out.number(sum);
      }
    }
  }

  @Override
  public Tally read(DataInputStream in, Tally tally) throws IOException {
    int replicates = in.readInt();
    int width = in.readInt();
    boolean plain = width == ClusterDraws.width(replicates, false);
    if (replicates <= 0
        || replicates > MAX_REPLICATES
        || (!plain && width != ClusterDraws.width(replicates, true))) {
      throw new IllegalArgumentException("entries of another length than the replicates");
    }
    DrawBins bins = DrawBins.of(tally.layout().thresholds());
    SortedMap<java.util.List<String>, GroupTally> drawn = new TreeMap<>(Tally.ORDER);
    for (Map.Entry<java.util.List<String>, GroupTally> cell : tally.cells().entrySet()) {
      drawn.put(cell.getKey(), cell.getValue().with(draws(in, replicates, width, bins)));
    }
    Tally whole = tally.with(drawn);
    if (!isNeeded(whole)) {
      throw new IllegalArgumentException("draws of nothing");
    }
    return whole;
  }

  private static ClusterDraws draws(DataInputStream in, int replicates, int width, DrawBins bins)
      throws IOException {
    int slots = Counts.CELLS + bins.size() * ScoreCounts.LABELS;
    int size = in.readInt();
    if (size < 0 || size > slots || (long) size * width > in.available()) {
      throw new IllegalArgumentException("more draws than bytes");
    }
    int[] places = new int[size];
    long[][] sums = new long[size][width];
    for (int i = 0; i < size; i++) {
      places[i] = in.readInt();
      if (places[i] < 0 || places[i] >= slots || (i > 0 && places[i] <= places[i - 1])) {
        throw new IllegalArgumentException("draws out of order");
      }
      for (int b = 0; b < width; b++) {
        sums[i][b] = ScoreSection.readLong(in);
      }
    }
    return ClusterDraws.of(replicates, bins, places, sums);
  }
}
