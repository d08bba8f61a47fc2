package org.primum.table;

import java.util.Optional;
import org.primum.table.SchemaNode.Annotation;
import org.primum.table.SchemaNode.Meaning;

/// From Parquet's physical type and annotation to what this library reads.
final class ValueTypes {

  private static final int MAX_SCALE = 100;

  private ValueTypes() {}

  static Optional<ValueType> of(SchemaNode node) {
    return switch (node.type()) {
      case 0 -> Optional.of(new ValueType.Truth());
      case 1 -> words(node.annotation(), Integer.BYTES);
      case 2 -> words(node.annotation(), Long.BYTES);
      case 4 -> Optional.of(new ValueType.Single());
      case 5 -> Optional.of(new ValueType.Real());
      case 6 -> bytes(node.annotation());
      case 7 -> fixed(node);
      default -> Optional.empty();
    };
  }

  /// What to tell where [#of] finds nothing.
  static String refusal(SchemaNode node) {
    return node.type() == 3
        ? "holds INT96 times, which are out of use; write them as TIMESTAMP"
        : "holds values of a kind that is not read; write it as number or text";
  }

  private static Optional<ValueType> words(Annotation annotation, int width) {
    return switch (annotation.meaning()) {
      case NONE -> Optional.of(new ValueType.Whole(width, false));
      case UNSIGNED -> Optional.of(new ValueType.Whole(width, true));
      case DECIMAL -> scaled(annotation, new ValueType.Scaled(width, annotation.scale()));
      case DATE -> width == Integer.BYTES ? Optional.of(new ValueType.Day()) : Optional.empty();
      case TIME -> Optional.of(new ValueType.Clock(width, annotation.perSecond()));
      case TIMESTAMP ->
          width == Long.BYTES
              ? Optional.of(new ValueType.Moment(annotation.perSecond(), annotation.utc()))
              : Optional.empty();
      case UNKNOWN -> Optional.of(new ValueType.Whole(width, false));
      case STRING, UUID, FLOAT16, OTHER -> Optional.empty();
    };
  }

  private static Optional<ValueType> bytes(Annotation annotation) {
    return switch (annotation.meaning()) {
      case NONE, STRING, UNKNOWN -> Optional.of(new ValueType.Characters());
      case DECIMAL -> scaled(annotation, new ValueType.WideScaled(-1, annotation.scale()));
      case DATE, TIME, TIMESTAMP, UNSIGNED, UUID, FLOAT16, OTHER -> Optional.empty();
    };
  }

  private static Optional<ValueType> fixed(SchemaNode node) {
    Meaning meaning = node.annotation().meaning();
    if (meaning == Meaning.FLOAT16 && node.width() == 2) {
      return Optional.of(new ValueType.Half());
    }
    if (meaning == Meaning.UUID && node.width() == 16) {
      return Optional.of(new ValueType.Identifier());
    }
    int scale = node.annotation().scale();
    return meaning == Meaning.DECIMAL && node.width() > 0 && node.width() <= 64
        ? scaled(node.annotation(), new ValueType.WideScaled(node.width(), scale))
        : Optional.empty();
  }

  private static Optional<ValueType> scaled(Annotation annotation, ValueType type) {
    return Math.abs(annotation.scale()) <= MAX_SCALE ? Optional.of(type) : Optional.empty();
  }
}
