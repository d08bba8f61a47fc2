package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Grouping;

/// Turns the values of one sensitive column into codes that stay the same from batch to batch, for
/// all threads that count.
final class GroupCodes {

  private final Attribute attribute;
  private final int column;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> codes = new HashMap<>();

  private GroupCodes(Attribute attribute, int column) {
    this.attribute = attribute;
    this.column = column;
  }

  static GroupCodes of(Attribute attribute, ToIntFunction<Selection> select) {
    Selection selection =
        switch (attribute.grouping()) {
          case Grouping.Bins _ -> Selection.number(attribute.column());
          case Grouping.Declared _, Grouping.AsFound _ -> Selection.text(attribute.column());
        };
    return new GroupCodes(attribute, select.applyAsInt(selection));
  }

  synchronized String name(int code) {
    return names.get(code);
  }

  /// How many codes there are.
  synchronized int size() {
    return names.size();
  }

  private synchronized int code(String name) {
    Integer known = codes.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    return names.size() - 1;
  }

  int[] read(Batch batch, BadRow bad) {
    return switch (attribute.grouping()) {
      case Grouping.Bins bins -> binned(batch.number(column), bins, bad);
      case Grouping.Declared(List<String> categories, Grouping.Other other) ->
          other == Grouping.Other.COLLAPSE
              ? named(batch.text(column), categories)
              : named(batch.text(column), List.of());
      case Grouping.AsFound _ -> named(batch.text(column), List.of());
    };
  }

  /// @param kept the values that keep their name; all where it is empty
  private int[] named(TextColumn texts, List<String> kept) {
    int[] known = new int[texts.dictionarySize()];
    for (int local = 0; local < known.length; local++) {
      known[local] = code(groupName(texts.entry(local), kept));
    }
    int missing = -1;
    int[] read = new int[texts.size()];
    for (int row = 0; row < read.length; row++) {
      int local = texts.code(row);
      if (local == TextColumn.MISSING) {
        missing = missing < 0 ? code(Attribute.MISSING) : missing;
        read[row] = missing;
      } else {
        read[row] = known[local];
      }
    }
    return read;
  }

  private static String groupName(String value, List<String> kept) {
    if (value.isBlank()) {
      return Attribute.MISSING;
    }
    return kept.isEmpty() || kept.contains(value) ? value : Attribute.OTHER;
  }

  /// A NaN is no value; an infinite number is no age, dose or date.
  private int[] binned(NumberColumn numbers, Grouping.Bins bins, BadRow bad) {
    List<String> binNames = bins.names();
    int[] known = new int[binNames.size() + 1];
    Arrays.fill(known, -1);
    int[] read = new int[numbers.size()];
    for (int row = 0; row < read.length; row++) {
      double value = numbers.valueOrNaN(row);
      if (Double.isInfinite(value)) {
        throw bad.at(attribute.column(), row, "is infinite; bins need a finite number or no value");
      }
      int bin = Double.isNaN(value) ? binNames.size() : bins.bin(value);
      if (known[bin] < 0) {
        known[bin] = code(bin < binNames.size() ? binNames.get(bin) : Attribute.MISSING);
      }
      read[row] = known[bin];
    }
    return read;
  }
}
