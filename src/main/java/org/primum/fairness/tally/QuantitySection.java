package org.primum.fairness.tally;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The section `QUAN`: for each combination in the order of `CELL`, how many rows have label and
/// prediction, how many have a prediction, and each moment's sum of positive and of negative terms.
final class QuantitySection implements TallySection {

  @Override
  public String tag() {
    return "QUAN";
  }

  @Override
  public boolean isNeeded(Tally tally) {
    return tally.cells().values().stream().anyMatch(c -> !c.quantity().equals(QuantitySums.NONE));
  }

  @Override
  public byte[] write(Tally tally) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (GroupTally group : tally.cells().values()) {
      out.writeLong(group.quantity().pairs());
      out.writeLong(group.quantity().predictions());
      for (SignedSum moment : group.quantity().moments().values()) {
        TallyFile.writeSum(out, moment.plus());
        TallyFile.writeSum(out, moment.minus());
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Tally read(DataInputStream in, Tally tally) throws IOException {
    SortedMap<List<String>, GroupTally> whole = new TreeMap<>(Tally.ORDER);
    for (Map.Entry<List<String>, GroupTally> group : tally.cells().entrySet()) {
      whole.put(group.getKey(), group.getValue().with(readSums(in)));
    }
    Tally read = tally.with(whole);
    if (!isNeeded(read)) {
      throw new IllegalArgumentException("an empty section");
    }
    return read;
  }

  private static QuantitySums readSums(DataInputStream in) throws IOException {
    long pairs = in.readLong();
    long predictions = in.readLong();
    Map<QuantitySums.Moment, SignedSum> moments = new EnumMap<>(QuantitySums.Moment.class);
    for (QuantitySums.Moment moment : QuantitySums.Moment.values()) {
      moments.put(moment, new SignedSum(TallyFile.readSum(in), TallyFile.readSum(in)));
    }
    return new QuantitySums(pairs, predictions, moments);
  }
}
