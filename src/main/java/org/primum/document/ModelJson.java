package org.primum.document;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.primum.model.ModelInvalidException;

/// The JSON files of a model directory, bound to records. Unknown, repeated, missing and null keys
/// and wrong types are rejected with their path; the same value is written as the same bytes.
final class ModelJson {

  /// Far above any description or coefficient table; a file this large is something else.
  private static final long MAX_BYTES = 64L << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private ModelJson() {}

  /// @throws ModelInvalidException naming the file and the key
  static <T> T read(Path file, Class<T> type) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelInvalidException(file + ": no such file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new ModelInvalidException(file + ": larger than " + MAX_BYTES + " bytes");
    }
    try {
      return MAPPER.readValue(Files.readAllBytes(file), type);
    } catch (JsonMappingException e) {
      throw new ModelInvalidException(file + ": " + describe(e), e);
    } catch (JacksonException e) {
      throw new ModelInvalidException(file + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String describe(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."));
    Throwable cause = e.getCause();
    String message =
        cause instanceof ModelInvalidException || cause instanceof IllegalArgumentException
            ? cause.getMessage()
            : e.getOriginalMessage();
    return path.isEmpty() ? String.valueOf(message) : path + ": " + message;
  }

  /// Indented by two blanks, `\n` at line ends, keys in record order.
  static byte[] write(Object value) {
    var indenter = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    try {
      return (writer.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JacksonException e) {
      throw new IllegalStateException("a record of texts and numbers is always writable", e);
    }
  }
}
