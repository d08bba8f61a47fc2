package org.primum.step.explanation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.step.UsageException;

/// A contiguous part of a table's rows: part `index` of `count`, counted from 0.
public record Shard(int index, int count) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,5})/(\\d{1,5})");

  /// All rows.
  public static final Shard WHOLE = new Shard(0, 1);

  public Shard {
    if (index < 0 || index >= count) {
      throw new UsageException(
          "--shard="
              + index
              + "/"
              + count
              + ": shards are counted from 0, so of "
              + count
              + " they are 0/"
              + count
              + " to "
              + (count - 1)
              + "/"
              + count);
    }
  }

  /// Reads `i/n`.
  ///
  /// @throws UsageException where it has another form
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UsageException("--shard=" + text + ": expected i/n, for example 0/8");
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /// Position of the shard's first row in a table of so many.
  public long firstRow(long rows) {
    return rows * index / count;
  }

  /// Position after the shard's last row.
  public long endRow(long rows) {
    return rows * (index + 1) / count;
  }
}
