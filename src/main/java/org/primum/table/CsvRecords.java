package org.primum.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.primum.data.DataInvalidException;

/// The records of a CSV file one after another, as slices of one buffer (RFC 4180,
/// https://www.rfc-editor.org/rfc/rfc4180). Lines end in `\n` or `\r\n`; the last may do without.
/// Whatever is left open, cut off or not text is rejected with the row it is in.
final class CsvRecords implements Closeable {

  private static final int READ = 1 << 18;

  private final InputStream in;
  private final String name;
  private final byte delimiter;
  private byte[] buffer = new byte[READ];
  private int position;
  private int limit;
  private boolean ended;
  private long records;
  private int[] starts = new int[16];
  private int[] lengths = new int[16];
  private boolean[] escaped = new boolean[16];
  private int fields;

  /// @param name how messages call the file
  CsvRecords(InputStream in, String name, char delimiter) {
    this.in = in;
    this.name = name;
    this.delimiter = (byte) delimiter;
  }

  /// Reads the next record; false at the end of the file.
  boolean next() throws IOException {
    if (position == limit && !fill()) {
      return false;
    }
    int end = scan();
    while (end < 0) {
      fill();
      end = scan();
    }
    position = end;
    records++;
    unescape();
    return true;
  }

  /// Fields of the record read last.
  int fields() {
    return fields;
  }

  byte[] bytes() {
    return buffer;
  }

  int start(int field) {
    return starts[field];
  }

  int length(int field) {
    return lengths[field];
  }

  /// The record read last is an empty line.
  boolean isEmptyLine() {
    return fields == 1 && lengths[0] == 0 && !escaped[0];
  }

  /// How messages call the record read last: the header, or the row, counted from 1 after it.
  String place() {
    return name + ": " + placeOf(records - 1);
  }

  private static String placeOf(long record) {
    return record <= 0 ? "header" : "row " + record;
  }

  /// What is wrong with the record read last.
  DataInvalidException invalidRow(String reason) {
    return new DataInvalidException(place() + ": " + reason);
  }

  /// What is wrong with a value of the record read last; the value itself is not told.
  DataInvalidException invalidValue(String column, String reason) {
    return new DataInvalidException(
        name + ": column '" + column + "', " + placeOf(records - 1) + ": " + reason);
  }

  /// What is wrong with the record being read.
  private DataInvalidException invalid(String reason) {
    return new DataInvalidException(name + ": " + placeOf(records) + ": " + reason);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// Splits the record at the position; its end, or -1 where more bytes are needed to see it.
  private int scan() {
    fields = 0;
    int seen = 0;
    int at = position;
    int fieldStart = at;
    byte[] bytes = buffer;
    int end = limit;
    byte separator = delimiter;
    byte last = (byte) Math.max(separator, '\r');
    while (true) {
      if (at < end && bytes[at] == '"') {
        int close = closingQuote(at);
        if (close < 0) {
          return -1;
        }
        add(at + 1, close - at - 1, hasQuote(at + 1, close));
        at = close + 1;
        if (at < end && !endsField(at)) {
          if (bytes[at] == '\r' && at + 1 == end && !ended) {
            return -1;
          }
          throw invalid("text after a closing quote; a quote within a quoted field is doubled");
        }
        seen = -1;
      } else {
        fieldStart = at;
        while (at < end) {
          byte b = bytes[at];
          if (b <= last && (b == separator || b == '\n' || b == '\r' || b == 0)) {
            break;
          }
          seen |= b;
          at++;
        }
        add(fieldStart, at - fieldStart, false);
      }
      if (at == end) {
        if (!ended) {
          return -1;
        }
        checkText(seen, end);
        return end;
      }
      byte b = bytes[at];
      if (b == separator) {
        at++;
        continue;
      }
      if (b == '\n') {
        checkText(seen, at);
        return at + 1;
      }
      if (b == 0) {
        throw invalid("a NUL byte; the file is damaged or not text in UTF-8");
      }
      if (at + 1 == end && !ended) {
        return -1;
      }
      if (at + 1 < end && bytes[at + 1] != '\n') {
        throw invalid("a carriage return without a line feed; end lines with \\n or \\r\\n");
      }
      checkText(seen, at);
      return Math.min(at + 2, end);
    }
  }

  private boolean endsField(int at) {
    byte b = buffer[at];
    return b == delimiter
        || b == '\n'
        || (b == '\r' && (at + 1 < limit ? buffer[at + 1] == '\n' : ended));
  }

  /// Where the quote that opens here closes, or -1 where the buffer ends before.
  private int closingQuote(int open) {
    int at = open + 1;
    while (at < limit) {
      if (buffer[at] == '"') {
        if (at + 1 == limit) {
          return ended ? at : -1;
        }
        if (buffer[at + 1] != '"') {
          return at;
        }
        at++;
      } else if (buffer[at] == 0) {
        throw invalid("a NUL byte; the file is damaged or not text in UTF-8");
      }
      at++;
    }
    if (at - open > Limits.VALUE_BYTES + 2) {
      throw tooLong();
    }
    if (ended) {
      throw invalid("a quote is opened and not closed; the file is cut off or a quote is stray");
    }
    return -1;
  }

  private boolean hasQuote(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '"') {
        return true;
      }
    }
    return false;
  }

  private void add(int start, int length, boolean withQuotes) {
    if (length > Limits.VALUE_BYTES) {
      throw tooLong();
    }
    if (fields == Limits.COLUMNS) {
      throw invalid("more than " + Limits.COLUMNS + " columns");
    }
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      lengths = Arrays.copyOf(lengths, fields * 2);
      escaped = Arrays.copyOf(escaped, fields * 2);
    }
    starts[fields] = start;
    lengths[fields] = length;
    escaped[fields] = withQuotes;
    fields++;
  }

  private DataInvalidException tooLong() {
    return invalid("a field longer than " + Limits.VALUE_BYTES + " bytes");
  }

  private void checkText(int seen, int end) {
    if (seen < 0 && !Utf8.isValid(buffer, position, end)) {
      throw invalid("bytes that are not UTF-8; save the file as UTF-8");
    }
  }

  /// Turns doubled quotes into one, where the field lies.
  private void unescape() {
    for (int field = 0; field < fields; field++) {
      if (escaped[field]) {
        int to = starts[field];
        int end = to + lengths[field];
        for (int from = to; from < end; from++) {
          buffer[to++] = buffer[from];
          if (buffer[from] == '"') {
            from++;
          }
        }
        lengths[field] = to - starts[field];
      }
    }
  }

  /// Brings more bytes in behind those of the record begun; false at the end of the file.
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int kept = limit - position;
    if (kept > Limits.RECORD_BYTES) {
      throw invalid("longer than " + Limits.RECORD_BYTES + " bytes");
    }
    byte[] to = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, position, to, 0, kept);
    buffer = to;
    position = 0;
    limit = kept;
    int count = in.readNBytes(buffer, limit, buffer.length - limit);
    limit += count;
    ended = limit < buffer.length;
    return count > 0;
  }
}
