package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.ConfigInvalidException;

/// Servers as old or simple ones are: a header they do not know is ignored.
final class ConditionalWriteProbeTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true"})
  void refusesAStoreThatIgnoresAConditionAndLeavesNothing(boolean create, boolean replace)
      throws IOException {
    try (var store = new Ignoring(new DirectoryStore(directory, "s3://old"), create, replace)) {
      assertThatThrownBy(() -> ConditionalWriteProbe.run(store))
          .isInstanceOf(ConfigInvalidException.class)
          .hasMessageContaining("s3://old does not honor conditional writes");
      assertThat(store.list("")).isEmpty();
    }
  }

  private record Ignoring(ObjectStore inner, boolean create, boolean replace)
      implements ObjectStore {

    private WriteResult write(String key, Content content) throws IOException {
      inner.put(key, content);
      return new WriteResult.Written(inner.stat(key).orElseThrow().version());
    }

    @Override
    public WriteResult create(String key, Content content) throws IOException {
      return create ? write(key, content) : inner.create(key, content);
    }

    @Override
    public WriteResult replace(String key, Content content, String version) throws IOException {
      return replace ? write(key, content) : inner.replace(key, content, version);
    }

    @Override
    public Optional<Stat> stat(String key) throws IOException {
      return inner.stat(key);
    }

    @Override
    public Optional<Read> read(String key, int limit) throws IOException {
      return inner.read(key, limit);
    }

    @Override
    public InputStream open(String key) throws IOException {
      return inner.open(key);
    }

    @Override
    public InputStream open(String key, String version, long offset, long length)
        throws IOException {
      return inner.open(key, version, offset, length);
    }

    @Override
    public void put(String key, Content content) throws IOException {
      inner.put(key, content);
    }

    @Override
    public List<Stat> list(String prefix) throws IOException {
      return inner.list(prefix);
    }

    @Override
    public void delete(String key) throws IOException {
      inner.delete(key);
    }

    @Override
    public void probeConditionalWrites() throws IOException {
      ConditionalWriteProbe.run(this);
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }
}
