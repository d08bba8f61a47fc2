package org.primum.model.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.primum.model.ModelInvalidException;

/// Values of a JSON document (RFC 8259), and beside it the bare words NaN and Infinity that XGBoost
/// writes.
public final class JsonValues extends ValueReader {

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNameLength(100_000)
                  .maxStringLength(1_000_000)
                  .maxNumberLength(400)
                  .build())
          .build();

  private final JsonParser parser;

  /// @param name how messages call the document
  public JsonValues(byte[] bytes, String name) {
    super(name);
    try {
      parser = FACTORY.createParser(bytes);
      parser.nextToken();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void object(Consumer<String> member) {
    require(JsonToken.START_OBJECT, "an object");
    Set<String> seen = noKeys();
    while (next() == JsonToken.FIELD_NAME) {
      String key = text();
      next();
      member(member, seen, key);
    }
  }

  @Override
  public void array(Runnable element) {
    require(JsonToken.START_ARRAY, "an array");
    int index = 0;
    while (next() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isStructStart()) {
        enter("[" + index + "]");
        element.run();
        leave();
      } else {
        element.run();
      }
      index++;
    }
  }

  /// Whether the value that comes next is an array.
  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /// Whether the value that comes next is null.
  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  @Override
  public String text() {
    try {
      JsonToken token = parser.currentToken();
      if (token == null || (!token.isScalarValue() && token != JsonToken.FIELD_NAME)) {
        throw invalid("expected text");
      }
      return parser.getText();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public double number() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE ? 1 : 0;
    }
    try {
      return isNumber(token) ? parser.getDoubleValue() : parse(text());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public float[] floats() {
    float[][] values = {new float[16]};
    int[] count = {0};
    array(() -> {
      if (count[0] == values[0].length) {
        values[0] = Arrays.copyOf(values[0], 2 * count[0]);
      }
      values[0][count[0]++] = float32();
    });
    return Arrays.copyOf(values[0], count[0]);
  }

  /// From decimal to float32 in one rounding: by way of float64 it could round twice.
  private float float32() {
    try {
      return isNumber(parser.currentToken()) ? parser.getFloatValue() : Float.parseFloat(text());
    } catch (NumberFormatException e) {
      throw invalid("expected a number, got text", e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static boolean isNumber(@Nullable JsonToken token) {
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
  }

  @Override
  public void skip() {
    try {
      parser.skipChildren();
      if (parser.currentToken() == null) {
        throw invalid("the document ends too early");
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void end() {
    try {
      if (parser.nextToken() != null) {
        throw invalid("something follows the end of the document");
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void require(JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw invalid("expected " + what);
    }
  }

  private JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw invalid("the document ends too early");
      }
      return token;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private ModelInvalidException broken(IOException e) {
    return invalid("this is not valid JSON; was the file cut off or changed?", e);
  }
}
