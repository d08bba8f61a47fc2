package org.primum.model.simple;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.value.JsonValues;

/// One document, whose first key tells the form of the others.
final class SimpleFile {

  private final JsonValues values;
  private @Nullable Form form;

  /// What is gathered while keys pass.
  sealed interface Form permits TreeForm, LinearForm {

    /// Consumes the value of a key.
    void member(String key);

    /// The model that the keys said.
    Scorer model(Optional<List<String>> features);
  }

  SimpleFile(JsonValues values) {
    this.values = values;
  }

  Scorer read(Optional<List<String>> features) {
    values.object(key -> {
      if (form == null) {
        form = form(key);
      } else {
        form.member(key);
      }
    });
    values.end();
    if (form == null) {
      throw new ModelInvalidException("no key 'format'");
    }
    return form.model(features);
  }

  private Form form(String key) {
    if (!key.equals("format")) {
      throw values.invalid("the key 'format' must come first");
    }
    return switch (values.text()) {
      case "simple-tree-json/1" -> new TreeForm(values);
      case "simple-linear-json/1" -> new LinearForm(values);
      default ->
          throw values.invalid("the formats simple-tree-json/1 and simple-linear-json/1 are read");
    };
  }
}
