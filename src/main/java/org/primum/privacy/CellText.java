package org.primum.privacy;

import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.primum.data.NumberColumn;

/// What a cell says, by itself. A table may print `1.0` as `1` where its whole column is numbers
/// and as `1.0` where one cell is not; then one patient's cell would decide how all others are
/// counted. Here each cell means the same whatever stands in the others.
final class CellText {

  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");
  private static final Pattern INFINITE = Pattern.compile("(?i)([+-]?)inf(inity)?");

  private CellText() {}

  /// Without blanks around it; whole numbers as they are written, so that 007 stays another patient
  /// than 7; other numbers in their shortest form.
  static String canonical(String text) {
    String stripped = text.strip();
    return WHOLE.matcher(stripped).matches() || !DECIMAL.matcher(stripped).matches()
        ? stripped
        : NumberColumn.format(Double.parseDouble(stripped));
  }

  /// The number, or empty where it is none. Infinities are numbers: clamping takes care of them.
  static OptionalDouble number(String text) {
    String stripped = text.strip();
    if (DECIMAL.matcher(stripped).matches()) {
      return OptionalDouble.of(Double.parseDouble(stripped));
    }
    if (INFINITE.matcher(stripped).matches()) {
      return OptionalDouble.of(
          stripped.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return OptionalDouble.empty();
  }
}
