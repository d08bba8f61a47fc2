package org.primum.table;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.primum.data.Field;
import org.primum.data.Schema;

/// Tells the Parquet writer the schema and hands it row after row.
final class RowWriteSupport extends WriteSupport<RowCursor> {

  private final Schema schema;
  private final Map<String, String> metadata;
  private final String[] names;
  private @Nullable RecordConsumer consumer;

  RowWriteSupport(Schema schema, Map<String, String> metadata) {
    this.schema = schema;
    this.metadata = new TreeMap<>(metadata);
    this.names = schema.names().toArray(new String[0]);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so it must be there
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(RowCursor cursor) {
    cursor.write(names, Objects.requireNonNull(consumer, "prepareForWrite comes first"));
  }

  private WriteContext context() {
    Type[] columns = schema.fields().stream().map(RowWriteSupport::type).toArray(Type[]::new);
    return new WriteContext(new MessageType("table", columns), metadata);
  }

  private static Type type(Field field) {
    return switch (field.type()) {
      case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(field.name());
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(field.name());
    };
  }
}
