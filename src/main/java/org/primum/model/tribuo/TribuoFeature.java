package org.primum.model.tribuo;

import org.primum.model.wire.Wire;

/// One input.
///
/// @param sum over the training rows
record TribuoFeature(int number, String name, double sum) {

  private static final int OBSERVED_VALUE = 12;
  private static final int OBSERVED_COUNT = 13;

  /// A number has a mean where it was present, a category each value and how often.
  static TribuoFeature read(TribuoPart part) {
    Wire info = part.of("org.tribuo.RealIDInfo", "org.tribuo.CategoricalIDInfo");
    boolean isReal = part.name().equals("org.tribuo.RealIDInfo");
    String name = "";
    long number = 0;
    double count = 0;
    double sum = 0;
    Wire.Numbers keys = new Wire.Numbers();
    Wire.Numbers times = new Wire.Numbers();
    while (info.next()) {
      switch (info.field()) {
        case 1 -> name = info.text();
        case 2 -> count = info.whole();
        case 3 -> number = info.whole();
        case 10 -> info.doubles(keys);
        case 11 -> {
          if (isReal) {
            info.skip();
          } else {
            info.wholes(times);
          }
        }
        case OBSERVED_VALUE -> sum += only(info);
        case OBSERVED_COUNT -> {
          if (isReal) {
            info.skip();
          } else {
            sum *= info.whole();
          }
        }
        default -> info.skip();
      }
    }
    return new TribuoFeature(
        Math.toIntExact(Math.clamp(number, -1L, Integer.MAX_VALUE)),
        name,
        isReal ? sum * count : sum + products(keys.all(), times.all()));
  }

  private static double only(Wire info) {
    Wire.Numbers one = new Wire.Numbers();
    info.doubles(one);
    double sum = 0;
    for (double value : one.all()) {
      sum += value;
    }
    return sum;
  }

  private static double products(double[] keys, double[] times) {
    double sum = 0;
    for (int i = 0; i < Math.min(keys.length, times.length); i++) {
      sum += keys[i] * times[i];
    }
    return sum;
  }
}
