package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Digest;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// 300 MB go to a store and come back in a process whose heap is 48 MB.
@Tag("slow")
final class StreamingTest {

  private static final long SIZE = 300_000_000;
  private static final String HEAP = "-Xmx48m";

  @Test
  @Tag("server")
  void aBucketOfSeaweedFsStreams() throws Exception {
    stream(TestServer.SEAWEEDFS.location().toString(), TestServer.SEAWEEDFS.environment());
  }

  @Test
  @Tag("server")
  @Tag("versitygw")
  void aBucketOfVersityGwStreams() throws Exception {
    stream(TestServer.VERSITYGW.location().toString(), TestServer.VERSITYGW.environment());
  }

  @Test
  void aDirectoryStreams(@TempDir Path directory) throws Exception {
    stream(directory.toString(), Map.of());
  }

  private static void stream(String location, Map<String, String> variables) throws Exception {
    var builder =
        new ProcessBuilder(ChildJvm.command(Streaming.class, List.of(HEAP), location))
            .redirectErrorStream(true);
    builder.environment().putAll(new HashMap<>(variables));
    Process process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("the same");
  }

  /// The process with the small heap.
  static final class Streaming {
    public static void main(String[] arguments) throws IOException {
      Content content = new Counting(SIZE);
      try (ObjectStore store = new Stores(System.getenv()).open(Location.parse(arguments[0]))) {
        var written = (WriteResult.Written) store.create("large", content);
        Digest sent;
        try (InputStream in = content.open()) {
          sent = Digest.of(in);
        }
        try (InputStream in = store.open("large")) {
          System.out.println(Digest.of(in).equals(sent) ? "the same" : "other bytes");
        }
        try (InputStream in = store.open("large", written.version(), SIZE - 4, 4)) {
          in.transferTo(System.err);
        }
        store.delete("large");
      }
    }
  }

  /// Bytes that can be made again: the place of each, modulo a prime.
  private record Counting(long size) implements Content {
    @Override
    public InputStream open() {
      return new InputStream() {
        private long position;

        @Override
        public int read() {
          return position == size ? -1 : (int) (position++ % 251);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          if (position == size) {
            return -1;
          }
          int count = (int) Math.min(length, size - position);
          for (int i = 0; i < count; i++) {
            bytes[offset + i] = (byte) (position++ % 251);
          }
          return count;
        }
      };
    }
  }
}
