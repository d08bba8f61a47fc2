package org.primum.fairness.tally;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.primum.data.Digest;
import org.primum.gate.Subject;

/// The section `ORIG` of a tally's file: how many tables were counted, and of each its rows, its
/// bytes, and the digests of its model, itself and its source, each as a byte that says whether
/// there is one and the 32 bytes of the digest.
final class OriginSection {

  static final String TAG = "ORIG";

  private static final List<String> ROLES = List.of(Subject.MODEL, Subject.DATASET, Subject.SOURCE);

  /// Two numbers and three bytes.
  private static final int SMALLEST = 2 * Long.BYTES + 3;

  private OriginSection() {}

  static byte[] write(List<CountedTable> tables) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(tables.size());
    for (CountedTable table : tables) {
      out.writeLong(table.rows());
      out.writeLong(table.bytes());
      for (String role : ROLES) {
        byte[] digest =
            table.subject().find(role).map(OriginSection::bytes).orElseGet(() -> new byte[0]);
        out.writeByte(digest.length == 0 ? 0 : 1);
        out.write(digest);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Digest digest) {
    return java.util.HexFormat.of().parseHex(digest.hex());
  }

  /// @throws IllegalArgumentException where it is not what [#write] writes
  static List<CountedTable> read(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 1 || count > in.available() / SMALLEST) {
      throw new IllegalArgumentException("more tables than bytes, or none");
    }
    List<CountedTable> tables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CountedTable table = table(in);
      if (i > 0 && CountedTable.ORDER.compare(tables.getLast(), table) >= 0) {
        throw new IllegalArgumentException("tables out of order");
      }
      tables.add(table);
    }
    return tables;
  }

  private static CountedTable table(DataInputStream in) throws IOException {
    long rows = in.readLong();
    long bytes = in.readLong();
    Subject subject = Subject.none();
    for (String role : ROLES) {
      int present = in.readUnsignedByte();
      if (present > 1) {
        throw new IllegalArgumentException("neither a digest nor none");
      }
      if (present == 1) {
        byte[] digest = new byte[32];
        in.readFully(digest);
        subject =
            subject.with(role, new Digest("sha256:" + java.util.HexFormat.of().formatHex(digest)));
      }
    }
    return new CountedTable(subject, rows, bytes);
  }
}
