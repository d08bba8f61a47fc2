package org.primum.model.value;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.primum.model.ModelInvalidException;

/// Pulls the values of a document in file order. Whoever is handed a value must consume it by
/// exactly one call.
///
/// Every refusal names the file and the path of the value it is about. Nothing is built but what
/// the caller asks for, and no array is larger than the bytes that hold it allow.
public abstract sealed class ValueReader permits JsonValues, UbjValues {

  /// How deep objects and arrays may nest.
  static final int MAX_NESTING = 64;

  private final String name;
  private final Deque<String> path = new ArrayDeque<>();

  ValueReader(String name) {
    this.name = name;
  }

  /// Consumes an object: hands each key to `member`, which consumes its value.
  public abstract void object(Consumer<String> member);

  /// Consumes an array: runs `element` once for each value, which consumes it.
  public abstract void array(Runnable element);

  /// Consumes text; a number comes as its text.
  public abstract String text();

  /// Consumes a number, true or false as 1 or 0, or text that is a number.
  public abstract double number();

  /// Consumes an array of numbers, each rounded once to float32.
  public abstract float[] floats();

  /// Consumes whatever comes.
  public abstract void skip();

  /// Refuses bytes after the document's end.
  public abstract void end();

  /// Consumes an array of numbers.
  public double[] doubles() {
    double[][] values = {new double[16]};
    int[] count = {0};
    array(() -> {
      if (count[0] == values[0].length) {
        values[0] = Arrays.copyOf(values[0], 2 * count[0]);
      }
      values[0][count[0]++] = number();
    });
    return Arrays.copyOf(values[0], count[0]);
  }

  /// Consumes an array of whole numbers; true and false are 1 and 0.
  public int[] ints() {
    double[] values = doubles();
    int[] whole = new int[values.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) values[i];
      if (whole[i] != values[i]) {
        throw invalid("element " + i + " is no whole number of 32 bits: " + values[i]);
      }
    }
    return whole;
  }

  /// Consumes a whole number.
  public int whole() {
    double value = number();
    if (value != (int) value) {
      throw invalid("expected a whole number of 32 bits, got " + value);
    }
    return (int) value;
  }

  /// What to throw about the value that is being consumed.
  public ModelInvalidException invalid(String what) {
    return new ModelInvalidException(place() + what);
  }

  ModelInvalidException invalid(String what, Throwable cause) {
    return new ModelInvalidException(place() + what, cause);
  }

  private String place() {
    return path.isEmpty() ? name + ": " : name + ": " + String.join(".", path.reversed()) + ": ";
  }

  final double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw invalid("expected a number, got text", e);
    }
  }

  final void enter(String step) {
    if (path.size() >= MAX_NESTING) {
      throw invalid("nested deeper than " + MAX_NESTING);
    }
    path.push(step);
  }

  final void leave() {
    path.pop();
  }

  final void member(Consumer<String> member, Set<String> seen, String key) {
    enter(key.length() <= 64 ? key : key.substring(0, 64));
    if (!seen.add(key)) {
      throw invalid("the key occurs twice");
    }
    member.accept(key);
    leave();
  }

  static Set<String> noKeys() {
    return new HashSet<>();
  }
}
