package org.primum.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.primum.data.Batch;
import org.primum.data.RowSink;
import org.primum.data.Schema;

/// Writes Parquet with the format's reference library: Zstandard, page checksums, row groups of
/// bounded size. Rows are held for one row group at most.
final class ParquetSink implements RowSink {

  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final ParquetWriter<RowCursor> writer;
  private final Schema schema;
  private final RowCursor cursor = new RowCursor();

  private ParquetSink(ParquetWriter<RowCursor> writer, Schema schema) {
    this.writer = writer;
    this.schema = schema;
  }

  static ParquetSink create(Path file, Schema schema, Map<String, String> metadata)
      throws IOException {
    var builder = new Rows(new LocalOutputFile(file), schema, metadata);
    return new ParquetSink(builder.build(), schema);
  }

  @Override
  public void write(Batch batch) throws IOException {
    SinkColumns.check(schema, batch);
    cursor.open(batch);
    for (int row = 0; row < batch.rows(); row++) {
      cursor.moveTo(row);
      writer.write(cursor);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Rows extends ParquetWriter.Builder<RowCursor, Rows> {

    private final RowWriteSupport support;

    Rows(LocalOutputFile file, Schema schema, Map<String, String> metadata) {
      super(file);
      support = new RowWriteSupport(schema, metadata);
      withConf(new PlainParquetConfiguration());
      withCodecFactory(new WriteCodec());
      withCompressionCodec(CompressionCodecName.ZSTD);
      withRowGroupSize(ROW_GROUP_BYTES);
      withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
      withPageWriteChecksumEnabled(true);
    }

    @Override
    protected Rows self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there
    protected WriteSupport<RowCursor> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<RowCursor> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }
}
