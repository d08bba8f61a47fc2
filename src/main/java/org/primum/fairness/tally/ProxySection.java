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

/// The section `PRXY`: how many columns, and of each its name, its definition, how many attributes
/// and, for each of those, the first of the layout, how many pairs of value and group there are,
/// and each pair in ascending order with its rows.
final class ProxySection implements TallySection {

  private static final int MAX_COLUMNS = 64;

  @Override
  public String tag() {
    return "PRXY";
  }

  @Override
  public boolean isNeeded(Tally tally) {
    return !tally.proxies().columns().isEmpty();
  }

  @Override
  public byte[] write(Tally tally) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(tally.proxies().columns().size());
    for (ProxyCounts.Column column : tally.proxies().columns()) {
      TallyFile.writeText(out, column.column().name());
      TallyFile.writeText(out, column.column().definition());
      out.writeInt(column.rows().size());
      for (SortedMap<List<String>, Long> rows : column.rows()) {
        out.writeInt(rows.size());
        for (Map.Entry<List<String>, Long> pair : rows.entrySet()) {
          TallyFile.writeText(out, pair.getKey().getFirst());
          TallyFile.writeText(out, pair.getKey().getLast());
          out.writeLong(pair.getValue());
        }
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Tally read(DataInputStream in, Tally tally) throws IOException {
    int columns = in.readInt();
    if (columns < 1 || columns > MAX_COLUMNS) {
      throw new IllegalArgumentException(columns + " proxies");
    }
    List<ProxyCounts.Column> all = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      Tally.Dimension column = new Tally.Dimension(TallyFile.readText(in), TallyFile.readText(in));
      int attributes = in.readInt();
      if (attributes < 1 || attributes > tally.layout().attributes().size()) {
        throw new IllegalArgumentException(attributes + " attributes");
      }
      List<SortedMap<List<String>, Long>> rows = new ArrayList<>();
      for (int attribute = 0; attribute < attributes; attribute++) {
        rows.add(readPairs(in));
      }
      all.add(new ProxyCounts.Column(column, rows));
    }
    return tally.with(new ProxyCounts(all));
  }

  private static SortedMap<List<String>, Long> readPairs(DataInputStream in) throws IOException {
    int pairs = in.readInt();
    if (pairs < 0 || pairs > in.available()) {
      throw new IllegalArgumentException("more pairs than bytes");
    }
    SortedMap<List<String>, Long> rows = new TreeMap<>(Tally.ORDER);
    for (int i = 0; i < pairs; i++) {
      List<String> key = List.of(TallyFile.readText(in), TallyFile.readText(in));
      long count = in.readLong();
      boolean ascending = rows.isEmpty() || Tally.ORDER.compare(rows.lastKey(), key) < 0;
      if (!ascending || count < 1) {
        throw new IllegalArgumentException("pairs out of order, or without rows");
      }
      rows.put(key, count);
    }
    return rows;
  }
}
