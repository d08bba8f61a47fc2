package org.primum.fairness.tally;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.fairness.policy.AuditData;

/// The section `CLAS`: how many classes there are, in one byte, and the table of each combination
/// in the order of `CELL`: rows, weight and squared weight by true and predicted class.
final class ClassSection implements TallySection {

  @Override
  public String tag() {
    return "CLAS";
  }

  @Override
  public boolean isNeeded(Tally tally) {
    return classes(tally) > 0;
  }

  private static int classes(Tally tally) {
    return tally.cells().values().stream().mapToInt(c -> c.classes().classes()).max().orElse(0);
  }

  @Override
  public byte[] write(Tally tally) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(classes(tally));
    for (GroupTally group : tally.cells().values()) {
      for (Sums cell : group.classes().cells()) {
        out.writeLong(cell.n());
        TallyFile.writeSum(out, cell.weight());
        TallyFile.writeSum(out, cell.squaredWeight());
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Tally read(DataInputStream in, Tally tally) throws IOException {
    int classes = in.readUnsignedByte();
    if (classes < 3 || classes > AuditData.Target.Classes.MAX_CLASSES || tally.cells().isEmpty()) {
      throw new IllegalArgumentException(classes + " classes");
    }
    SortedMap<List<String>, GroupTally> whole = new TreeMap<>(Tally.ORDER);
    for (Map.Entry<List<String>, GroupTally> group : tally.cells().entrySet()) {
      whole.put(group.getKey(), group.getValue().with(readCounts(in, classes)));
    }
    return tally.with(whole);
  }

  private static ClassCounts readCounts(DataInputStream in, int classes) throws IOException {
    List<Sums> cells = new ArrayList<>();
    for (int i = 0; i < ClassCounts.size(classes); i++) {
      cells.add(Sums.of(in.readLong(), TallyFile.readSum(in), TallyFile.readSum(in)));
    }
    return new ClassCounts(classes, cells);
  }
}
