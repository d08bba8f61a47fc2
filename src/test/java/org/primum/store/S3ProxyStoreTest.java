package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.primum.store.ObjectStore.Content;

/// The contract over S3, with a server in this process. It is not the [CompareAndSetContract]: with
/// S3Proxy 4.1.0 in memory, writers that meet with `If-Match` can both win.
final class S3ProxyStoreTest implements ObjectStoreContract {

  private static S3ProxyServer server;
  private S3Store store;

  @BeforeAll
  static void start() throws Exception {
    server = new S3ProxyServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void open() {
    store = open("run/" + UUID.randomUUID());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static S3Store open(String prefix) {
    return new S3Store(S3ProxyServer.location(prefix), S3ProxyServer.settings(server.port()));
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void keysAreRelativeToThePrefix() throws IOException {
    try (var outer = open("outer");
        var inner = open("outer/inner/")) {
      inner.create("x", Content.of("1"));
      assertThat(outer.list("")).extracting(ObjectStore.Stat::key).containsExactly("inner/x");
      outer.delete("inner/x");
      assertThat(inner.stat("x")).isEmpty();
    }
  }

  @Test
  void aWrongSecretIsNamedAndNotTold() throws IOException {
    var settings = S3ProxyServer.settings(server.port(), "hunter2");
    try (var wrong = new S3Store(S3ProxyServer.location("x"), settings)) {
      assertThatThrownBy(() -> wrong.create("a", Content.of("1")))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(TransientStoreException.class)
          .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
          .hasMessageContaining("s3://contract/x/a")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
      assertThatThrownBy(() -> wrong.stat("a")).hasMessageContaining("check the credentials");
    }
  }

  @Test
  void noTraceShowsTheSessionToken() throws IOException {
    var settings =
        new S3Settings(
            S3ProxyServer.settings(server.port()).endpoint(),
            "us-east-1",
            new S3Identity.Keys("unknown", "hunter2", Optional.of("the-session-token")),
            true);
    try (var wrong = new S3Store(S3ProxyServer.location("x"), settings)) {
      for (int size : new int[] {1, S3Store.PART_SIZE + 1}) {
        assertThatThrownBy(() -> wrong.create("a", Content.of(new byte[size])))
            .isInstanceOf(IOException.class)
            .satisfies(e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString())
                  .contains("PermanentFault")
                  .doesNotContain("the-session-token", "hunter2", "Signature=");
            });
      }
    }
  }

  @Test
  void aMissingBucketIsAnErrorAndNotAnEmptyOne() throws IOException {
    var location = (Location.Remote) Location.parse("s3://no-such-bucket/x");
    try (var none = new S3Store(location, S3ProxyServer.settings(server.port()))) {
      assertThatThrownBy(() -> none.stat("a")).hasMessageContaining("bucket does not exist");
      assertThatThrownBy(() -> none.read("a", 1)).hasMessageContaining("bucket does not exist");
      assertThatThrownBy(() -> none.list("")).hasMessageContaining("bucket does not exist");
      assertThatThrownBy(() -> none.create("a", Content.of("1")))
          .hasMessageContaining("bucket does not exist");
      assertThatThrownBy(() -> none.replace("a", Content.of("1"), "v"))
          .hasMessageContaining("bucket does not exist");
    }
  }
}
