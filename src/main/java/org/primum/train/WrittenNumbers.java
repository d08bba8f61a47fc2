package org.primum.train;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells text that people wrote for numbers from text that names categories: `7,35`, `1 200`, `12
/// mg`, or plain numbers with a word among them.
final class WrittenNumbers {

  /// With fewer different values a column does as well as categories, and may well hold some.
  static final int FEWEST = 10;

  /// Of the different values, how many have to look like numbers.
  private static final double MOST = 0.8;

  private static final String PLAIN =
      "[-+]?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?";
  private static final String COMMA = "[-+]?\\d+,\\d+";
  private static final String THOUSANDS =
      "[-+]?[1-9]\\d{0,2}(?:[ ,.'’\\u00a0\\u202f]\\d{3})+(?:[.,]\\d+)?";
  private static final Pattern CODE = Pattern.compile("0\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("(?:(%s)|(%s)|(%s))".formatted(PLAIN, THOUSANDS, COMMA));
  private static final Pattern WITH_UNIT =
      Pattern.compile(
          "(?:%s|%s|%s)\\s*([\\p{L}%%µ°‰][^\\s]{0,11})".formatted(PLAIN, THOUSANDS, COMMA));

  private int plain;
  private int thousands;
  private int commas;
  private final Map<String, Integer> units = new HashMap<>();

  private WrittenNumbers() {}

  /// How the numbers are written, with an example that is nobody's; nothing where the text is no
  /// numbers, or codes with leading zeros.
  static Optional<String> describe(Collection<String> values) {
    if (values.size() < FEWEST) {
      return Optional.empty();
    }
    WrittenNumbers found = new WrittenNumbers();
    for (String value : values) {
      if (CODE.matcher(value.strip()).matches()) {
        return Optional.empty();
      }
      found.add(value.strip());
    }
    return found.kind(values.size());
  }

  private void add(String value) {
    Matcher number = NUMBER.matcher(value);
    if (number.matches()) {
      plain += number.group(1) != null ? 1 : 0;
      thousands += number.group(2) != null ? 1 : 0;
      commas += number.group(3) != null ? 1 : 0;
      return;
    }
    Matcher unit = WITH_UNIT.matcher(value);
    if (unit.matches()) {
      units.merge(unit.group(1), 1, Integer::sum);
    }
  }

  /// Only one unit is a unit: `1a`, `1b`, `2a` are stages.
  private Optional<String> kind(int distinct) {
    int unit = units.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (plain + thousands + commas + unit < MOST * distinct) {
      return Optional.empty();
    }
    if (unit > Math.max(commas, thousands)) {
      return Optional.of("numbers with a unit (such as '12 mg', an invented example)");
    }
    if (commas > 0) {
      return Optional.of("numbers with a decimal comma (such as '12,5', an invented example)");
    }
    return Optional.of(
        thousands > 0
            ? "numbers with a sign between thousands (such as '12 500', an invented example)"
            : "numbers with some text among them (such as '<5', an invented example)");
  }
}
