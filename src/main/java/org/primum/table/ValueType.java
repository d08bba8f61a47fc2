package org.primum.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.primum.data.ColumnType;
import org.primum.data.NumberColumn;

/// How the values of a Parquet column are stored and what they mean.
sealed interface ValueType {

  ColumnType type();

  /// Values stored in a word of at most 64 bits; narrower ones come sign-extended.
  sealed interface Words extends ValueType {

    /// Bytes of a stored value; 0 for a truth, which takes a bit.
    int width();

    /// The value as a number; asked of NUMBER columns only.
    double number(long word);

    String text(long word);
  }

  /// Values stored as bytes.
  sealed interface Bytes extends ValueType {

    /// Bytes of a value where all have the same, or -1.
    int width();

    /// The bytes are the text.
    default boolean isPlainText() {
      return false;
    }

    String text(byte[] bytes, int offset, int length);
  }

  /// A truth: 1 and 0 as numbers, `true` and `false` as text.
  record Truth() implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public int width() {
      return 0;
    }

    @Override
    public double number(long word) {
      return word;
    }

    @Override
    public String text(long word) {
      return word == 0 ? "false" : "true";
    }
  }

  /// Whole numbers of 4 or 8 bytes. Text is exact; as a number, one beyond 2^53 is rounded to the
  /// nearest double.
  record Whole(int width, boolean unsigned) implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public double number(long word) {
      long value = narrow(word);
      return unsigned && value < 0
          ? new BigDecimal(Long.toUnsignedString(value)).doubleValue()
          : value;
    }

    @Override
    public String text(long word) {
      long value = narrow(word);
      return unsigned ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private long narrow(long word) {
      return unsigned && width == Integer.BYTES ? word & 0xFFFF_FFFFL : word;
    }
  }

  /// Decimals as whole numbers of 10 to the minus `scale`.
  record Scaled(int width, int scale) implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public double number(long word) {
      return BigDecimal.valueOf(word, scale).doubleValue();
    }

    @Override
    public String text(long word) {
      return decimalText(BigDecimal.valueOf(word, scale));
    }
  }

  /// FLOAT: text is the shortest that reads back to the same float.
  record Single() implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public int width() {
      return Float.BYTES;
    }

    @Override
    public double number(long word) {
      return Float.intBitsToFloat((int) word);
    }

    @Override
    public String text(long word) {
      float value = Float.intBitsToFloat((int) word);
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Float.toString(value);
    }
  }

  /// DOUBLE.
  record Real() implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public int width() {
      return Double.BYTES;
    }

    @Override
    public double number(long word) {
      return Double.longBitsToDouble(word);
    }

    @Override
    public String text(long word) {
      return NumberColumn.format(Double.longBitsToDouble(word));
    }
  }

  /// Days since 1970-01-01 as ISO 8601 text.
  record Day() implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }

    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public double number(long word) {
      return word;
    }

    @Override
    public String text(long word) {
      return LocalDate.ofEpochDay(word).toString();
    }
  }

  /// Points in time since 1970-01-01T00:00 as ISO 8601 text, instants with a Z.
  record Moment(long perSecond, boolean utc) implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }

    @Override
    public int width() {
      return Long.BYTES;
    }

    @Override
    public double number(long word) {
      return word;
    }

    @Override
    public String text(long word) {
      long seconds = Math.floorDiv(word, perSecond);
      int nanos = (int) (Math.floorMod(word, perSecond) * (1_000_000_000 / perSecond));
      LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
      return utc ? time + "Z" : time.toString();
    }
  }

  /// Times of day as ISO 8601 text.
  record Clock(int width, long perSecond) implements Words {

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }

    @Override
    public double number(long word) {
      return word;
    }

    @Override
    public String text(long word) {
      long day = perSecond * 86_400;
      if (word < 0 || word >= day) {
        throw new Damage("a time of day is outside of the day");
      }
      return LocalTime.ofNanoOfDay(word * (1_000_000_000 / perSecond)).toString();
    }
  }

  /// UTF-8 text.
  record Characters() implements Bytes {

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }

    @Override
    public int width() {
      return -1;
    }

    @Override
    public boolean isPlainText() {
      return true;
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
  }

  /// Decimals as big-endian whole numbers of 10 to the minus `scale`.
  record WideScaled(int width, int scale) implements Bytes {

    private static final int MAX_BYTES = 64;

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
      if (length == 0 || length > MAX_BYTES) {
        throw new Damage("a decimal of " + length + " bytes");
      }
      return decimalText(new BigDecimal(new BigInteger(bytes, offset, length), scale));
    }
  }

  /// IEEE 754 half precision.
  record Half() implements Bytes {

    @Override
    public ColumnType type() {
      return ColumnType.NUMBER;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
      short bits = (short) ((bytes[offset] & 0xFF) | (bytes[offset + 1] << 8));
      return NumberColumn.format(Float.float16ToFloat(bits));
    }
  }

  /// RFC 9562 identifiers.
  record Identifier() implements Bytes {

    @Override
    public ColumnType type() {
      return ColumnType.TEXT;
    }

    @Override
    public int width() {
      return 16;
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
  }

  private static String decimalText(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
