package org.primum.report.png;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Colors as the pictures name them: `#rrggbb`, `var(--name)`, and `color-mix` of two others.
///
/// @param names what each name stands for, without its dashes
record Colors(Map<String, String> names) {

  private static final Pattern MIX = Pattern.compile("color-mix\\(in oklab,(.*) (\\d+)%,(.*)\\)");
  private static final Pattern NAME = Pattern.compile("var\\(--([a-z0-9-]+)\\)");
  private static final Pattern HEX = Pattern.compile("#([0-9a-f]{6})");
  private static final Pattern SHORT_HEX = Pattern.compile("#([0-9a-f])([0-9a-f])([0-9a-f])");

  Colors {
    names = Map.copyOf(names);
  }

  /// Red, green and blue, eight bits each.
  int of(String color) {
    Matcher mix = MIX.matcher(color);
    if (mix.matches()) {
      return mixed(split(mix), Integer.parseInt(mix.group(2)) / 100.0, of(mix.group(3)));
    }
    Matcher name = NAME.matcher(color);
    if (name.matches() && names.containsKey(name.group(1))) {
      return of(String.valueOf(names.get(name.group(1))));
    }
    Matcher hex = HEX.matcher(color);
    if (hex.matches()) {
      return Integer.parseInt(hex.group(1), 16);
    }
    Matcher few = SHORT_HEX.matcher(color);
    if (few.matches()) {
      return of("#" + few.group(1).repeat(2) + few.group(2).repeat(2) + few.group(3).repeat(2));
    }
    throw new IllegalArgumentException("'" + color + "' is no color of the pictures");
  }

  private int split(Matcher mix) {
    return of(mix.group(1));
  }

  /// As CSS mixes: in Oklab (Ottosson 2020).
  private static int mixed(int one, double share, int other) {
    double[] a = oklab(one);
    double[] b = oklab(other);
    double[] mixed = new double[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = share * a[i] + (1 - share) * b[i];
    }
    return color(mixed);
  }

  private static double[] oklab(int color) {
    double r = linear((color >> 16) & 0xff);
    double g = linear((color >> 8) & 0xff);
    double b = linear(color & 0xff);
    double l = StrictMath.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = StrictMath.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = StrictMath.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static int color(double[] lab) {
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    int r = eightBits(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    int g = eightBits(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    int b = eightBits(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return r << 16 | g << 8 | b;
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static double linear(int bits) {
    double c = bits / 255.0;
    return c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4);
  }

  private static int eightBits(double linear) {
    double c =
        linear <= 0.0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - 0.055;
    return Math.clamp(Math.round(255 * c), 0, 255);
  }
}
