package org.primum.fairness.proposal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A fairness policy as a program can write it: settings, and beside each in words where it comes
/// from and what a person has to decide.
///
/// @param name of the policy
/// @param header words for the top of the file
/// @param data what is under `data`, key by key
/// @param attributes one entry each
/// @param rules one entry each
/// @param more what stands at the top besides, e.g. `minimum`
/// @param footer words for its end: what could not be written as a setting
public record PolicyDraft(
    String name,
    List<String> header,
    List<Entry> data,
    List<Entry> attributes,
    List<Entry> rules,
    List<Entry> more,
    List<String> footer) {

  public PolicyDraft {
    header = List.copyOf(header);
    data = List.copyOf(data);
    attributes = List.copyOf(attributes);
    rules = List.copyOf(rules);
    more = List.copyOf(more);
    footer = List.copyOf(footer);
  }

  /// One mapping of the file.
  ///
  /// @param key what it stands under; of an item of a list, what messages call it
  /// @param words lines above it
  public record Entry(String key, List<String> words, SequencedMap<String, Value> settings) {
    public Entry {
      words = List.copyOf(words);
      settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }

    public static Entry of(String key, List<String> words) {
      return new Entry(key, words, new LinkedHashMap<>());
    }

    /// The same with one more setting, at the end.
    public Entry with(String setting, Value value) {
      SequencedMap<String, Value> more = new LinkedHashMap<>(settings);
      more.put(setting, value);
      return new Entry(key, words, more);
    }

    public Entry with(String setting, String text) {
      return with(setting, new Value.Text(text));
    }

    public Entry with(String setting, double number) {
      return with(setting, new Value.Decimal(number));
    }
  }

  /// What a setting is set to.
  public sealed interface Value {

    record Text(String text) implements Value {}

    record Decimal(double number) implements Value {}

    record Texts(List<String> texts) implements Value {
      public Texts {
        texts = List.copyOf(texts);
      }
    }

    record Numbers(List<Double> numbers) implements Value {
      public Numbers {
        numbers = List.copyOf(numbers);
      }
    }
  }
}
