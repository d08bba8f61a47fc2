package org.primum.fairness.proposal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.NumberColumn;
import org.primum.data.TextColumn;

/// What a column holds, as far as a proposal needs it. Values are kept of columns with few of them
/// alone: categories, never what tells one patient from another.
///
/// @param missing rows without a value; blank text is none, nor is NaN
/// @param values how many rows have which value, where there are at most [#FEW]; else empty
/// @param many whether there are more
/// @param distinct how many values there are, up to [#MOST]
/// @param within whether all are numbers from 0 to 1
/// @param countable whether all are finite numbers, none negative
/// @param years how many rows have a number from 0 to 149, by its whole part
public record ColumnProfile(
    String name,
    ColumnType type,
    long rows,
    long missing,
    SortedMap<String, Long> values,
    boolean many,
    long distinct,
    boolean within,
    boolean countable,
    List<Long> years) {

  /// More categories than this are no feature people are audited by.
  static final int FEW = 50;

  /// More values than this are not counted.
  static final int MOST = 1 << 18;

  private static final int YEARS = 150;

  public ColumnProfile {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    years = List.copyOf(years);
  }

  ColumnName words() {
    return ColumnName.of(name);
  }

  /// Whether there are exactly two values.
  boolean isBinary() {
    return !many && values.size() == 2;
  }

  boolean isNumber() {
    return type == ColumnType.NUMBER;
  }

  /// Adds up a column, batch by batch.
  static final class Counting {

    private final String name;
    private final ColumnType type;
    private final Map<Object, long[]> values = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private final long[] years = new long[YEARS];
    private long rows;
    private long missing;
    private boolean many;
    private boolean within = true;
    private boolean countable = true;

    Counting(String name, ColumnType type) {
      this.name = name;
      this.type = type;
    }

    void add(Column column) {
      switch (column) {
        case NumberColumn numbers -> add(numbers);
        case TextColumn texts -> add(texts);
      }
    }

    private void add(NumberColumn numbers) {
      for (int row = 0; row < numbers.size(); row++) {
        double value = numbers.valueOrNaN(row);
        rows++;
        if (Double.isNaN(value)) {
          missing++;
        } else {
          within &= value >= 0 && value <= 1;
          countable &= value >= 0 && Double.isFinite(value);
          if (value >= 0 && value < YEARS) {
            years[(int) value]++;
          }
          see(Double.doubleToLongBits(value + 0.0));
          count(value + 0.0, 1);
        }
      }
    }

    private void add(TextColumn texts) {
      within = false;
      countable = false;
      long[] byCode = new long[texts.dictionarySize()];
      for (int row = 0; row < texts.size(); row++) {
        if (texts.isMissing(row)) {
          missing++;
        } else {
          byCode[texts.code(row)]++;
        }
      }
      rows += texts.size();
      for (int code = 0; code < byCode.length; code++) {
        add(texts.entry(code), byCode[code]);
      }
    }

    private void add(String text, long times) {
      if (times > 0 && text.isBlank()) {
        missing += times;
      } else if (times > 0) {
        see(hash(text));
        count(text, times);
      }
    }

    private void see(long code) {
      if (seen.size() < MOST) {
        seen.add(code);
      }
    }

    private void count(Object value, long times) {
      if (many) {
        return;
      }
      values.computeIfAbsent(value, _ -> new long[1])[0] += times;
      if (values.size() > FEW) {
        many = true;
        values.clear();
      }
    }

    /// FNV-1a over 64 bits: that two of the texts meet is not to be expected.
    private static long hash(String text) {
      long hash = 0xcbf2_9ce4_8422_2325L;
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100_0000_01b3L;
      }
      return hash;
    }

    private static String text(Object value) {
      return value instanceof Double number ? NumberColumn.format(number) : value.toString();
    }

    ColumnProfile profile() {
      List<Long> counted = new ArrayList<>();
      for (long year : years) {
        counted.add(year);
      }
      boolean some = missing < rows;
      SortedMap<String, Long> printed = new TreeMap<>();
      values.forEach((value, times) -> printed.put(text(value), times[0]));
      return new ColumnProfile(
          name,
          type,
          rows,
          missing,
          printed,
          many,
          seen.size(),
          within && some,
          countable && some,
          counted);
    }
  }
}
