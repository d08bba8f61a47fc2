package org.primum.fairness.tally;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;

/// A section of a tally's file that only some policies need, behind those every tally has.
interface TallySection {

  /// All of them, in the order of the file. A tally without what a section holds has no such
  /// section, so that its bytes do not change when another is added here.
  List<TallySection> OPTIONAL =
      List.of(
          new ClassSection(),
          new QuantitySection(),
          new ClusterSection(),
          new NeedSection(),
          new ProxySection());

  /// Four letters of ASCII.
  String tag();

  /// Whether the tally holds anything that belongs here.
  boolean isNeeded(Tally tally);

  byte[] write(Tally tally) throws IOException;

  /// The tally with what [#write] wrote.
  ///
  /// @throws IllegalArgumentException where it is something else, or in another form
  Tally read(DataInputStream in, Tally tally) throws IOException;
}
