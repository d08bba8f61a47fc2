package org.primum.model.xgboost;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.primum.model.Feature;
import org.primum.model.value.ValueReader;

/// The category names a model keeps since 3.1 (`cats.enc`, one entry a feature): text as Arrow does
/// it, offsets into UTF-8 bytes, or whole numbers. A feature without categories has an empty entry.
final class CategoryNames {

  private final List<List<String>> byFeature = new ArrayList<>();

  void read(ValueReader values) {
    values.object(key -> {
      switch (key) {
        case "enc" -> values.array(() -> byFeature.add(readNames(values)));
        default -> values.skip();
      }
    });
  }

  private static List<String> readNames(ValueReader values) {
    int[][] arrays = {{}, {}};
    boolean[] isText = {false};
    values.object(key -> {
      switch (key) {
        case "offsets" -> {
          arrays[0] = values.ints();
          isText[0] = true;
        }
        case "values" -> arrays[1] = values.ints();
        default -> values.skip();
      }
    });
    return isText[0] ? texts(values, arrays[0], arrays[1]) : numbers(arrays[1]);
  }

  private static List<String> texts(ValueReader values, int[] offsets, int[] bytes) {
    byte[] utf8 = new byte[bytes.length];
    for (int i = 0; i < utf8.length; i++) {
      utf8[i] = (byte) bytes[i];
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i + 1 < offsets.length; i++) {
      int from = offsets[i];
      int to = offsets[i + 1];
      if (from < 0 || to < from || to > utf8.length) {
        throw values.invalid("category name " + i + " lies outside the stored bytes");
      }
      names.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }
    return names;
  }

  private static List<String> numbers(int[] codes) {
    List<String> names = new ArrayList<>();
    for (int code : codes) {
      names.add(Integer.toString(code));
    }
    return names;
  }

  /// The feature with its categories, where names are kept; else its codes are the values.
  Feature feature(int index, String name) {
    boolean isNamed = index < byFeature.size() && !byFeature.get(index).isEmpty();
    return isNamed ? Feature.categorical(name, byFeature.get(index)) : Feature.numeric(name);
  }
}
