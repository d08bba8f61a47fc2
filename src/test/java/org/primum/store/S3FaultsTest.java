package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.minio.ListMultipartUploadsArgs;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.primum.store.FaultyProxy.Fault;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// A store behind a network that breaks. Whatever breaks once, a request ends right; whatever stays
/// broken ends as [TransientStoreException]; and in between the server never holds half an object.
/// Parts have the least size that S3 allows, and a large object has two of them.
@Tag("slow")
final class S3FaultsTest {

  private static final Duration SILENCE = Duration.ofMillis(400);
  private static final Retries PATIENT =
      new Retries(Duration.ofSeconds(4), Duration.ofMillis(2), Duration.ofMillis(20));
  private static final Retries IMPATIENT =
      new Retries(Duration.ofMillis(250), Duration.ofMillis(5), Duration.ofMillis(20));
  private static final int PART = 5 << 20;
  private static final byte[] LARGE = new byte[PART + 100];

  private static S3ProxyServer server;
  private static FaultyProxy proxy;
  private String prefix = "";
  private S3Store store;
  private S3Store direct;

  @BeforeAll
  static void start() throws Exception {
    new Random(3).nextBytes(LARGE);
    server = new S3ProxyServer();
    proxy = new FaultyProxy(server.port());
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    server.stop();
  }

  @BeforeEach
  void open() {
    proxy.plan(number -> Fault.NONE);
    prefix = "faults/" + UUID.randomUUID();
    store = through(PATIENT);
    direct = S3ProxyServer.store(server.port(), prefix, PATIENT, Duration.ofSeconds(30), 1 << 23);
  }

  @AfterEach
  void close() {
    store.close();
    direct.close();
  }

  private S3Store through(Retries retries) {
    return S3ProxyServer.store(proxy.port(), prefix, retries, SILENCE, PART);
  }

  private static FaultyProxy.Plan once(int at, Fault fault) {
    return number -> number == at ? fault : Fault.NONE;
  }

  private String text(String key) throws IOException {
    return new String(bytes(key), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String key) throws IOException {
    return direct.read(key, LARGE.length).orElseThrow().bytes();
  }

  private void noUploadIsLeft() throws Exception {
    var args = ListMultipartUploadsArgs.builder().bucket(S3ProxyServer.BUCKET).build();
    var uploads = server.client().listMultipartUploads(args).get().result().uploads();
    assertThat(uploads).noneMatch(upload -> upload.objectName().startsWith(prefix));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aCreateWhoseNetworkBreaksTwiceEndsRight(Fault fault) throws IOException {
    proxy.plan(number -> number < 2 ? fault : Fault.NONE);
    var result = store.create("a", Content.of("mine"));
    assertThat(text("a")).isEqualTo("mine");
    if (!fault.reachesServer() || fault == Fault.NONE) {
      assertThat(result).isInstanceOf(WriteResult.Written.class);
    } else {
      // the first sending took place and its answer was lost: the caller finds its own bytes
      assertThat(result).isEqualTo(new WriteResult.Conflict());
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aReplaceWhoseNetworkBreaksEndsRight(Fault fault) throws IOException {
    var first = (WriteResult.Written) direct.create("a", Content.of("1"));
    proxy.plan(once(0, fault));
    var result = store.replace("a", Content.of("2"), first.version());
    assertThat(text("a")).isEqualTo("2");
    assertThat(result instanceof WriteResult.Written)
        .isEqualTo(!fault.reachesServer() || fault == Fault.NONE);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void readingAndDeletingEndRight(Fault fault) throws IOException {
    var version = ((WriteResult.Written) direct.create("a/b", Content.of(LARGE))).version();
    proxy.plan(once(0, fault));
    assertThat(store.stat("a/b").orElseThrow().size()).isEqualTo(LARGE.length);
    proxy.plan(once(0, fault));
    assertThat(store.read("a/b", LARGE.length).orElseThrow().bytes()).isEqualTo(LARGE);
    proxy.plan(once(0, fault));
    try (InputStream in = store.open("a/b", version, 10, 70_000)) {
      assertThat(in.readAllBytes()).hasSize(70_000).startsWith(LARGE[10], LARGE[11]);
    }
    proxy.plan(once(0, fault));
    assertThat(store.list("a/")).hasSize(1);
    proxy.plan(once(0, fault));
    store.put("a/b", Content.of("2"));
    assertThat(text("a/b")).isEqualTo("2");
    proxy.plan(once(0, fault));
    store.delete("a/b");
    assertThat(direct.stat("a/b")).isEmpty();
  }

  @Test
  void aStreamIsResumedAsOftenAsItTakes() throws IOException {
    direct.create("a", Content.of(LARGE));
    Fault[] faults = {Fault.CUT_SHORT, Fault.RESET_INSIDE, Fault.SLOW_DOWN, Fault.STALLED};
    proxy.plan(number -> number < 8 ? faults[number % 4] : Fault.NONE);
    try (InputStream in = store.open("a")) {
      assertThat(in.readAllBytes()).isEqualTo(LARGE);
    }
    assertThat(proxy.requests()).hasSize(9);
  }

  @Test
  void aStreamDoesNotGoOnInAnotherVersion() throws IOException {
    direct.create("a", Content.of(LARGE));
    proxy.plan(once(0, Fault.CUT_SHORT));
    try (InputStream in = store.open("a")) {
      direct.put("a", Content.of(new byte[LARGE.length]));
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(TransientStoreException.class)
          .hasMessageContaining("anew");
    }
  }

  /// Four requests: begin, two parts, complete. Each is broken in each way.
  @TestFactory
  Stream<DynamicTest> aLargeCreateEndsRightWhicheverRequestBreaks() {
    return Stream.of(Fault.values())
        .filter(fault -> fault != Fault.NONE)
        .flatMap(fault ->
            IntStream.range(0, 4)
                .mapToObj(at -> dynamicTest(fault + " at " + at, () -> large(at, fault))));
  }

  private void large(int at, Fault fault) throws Exception {
    String key = fault + "/" + at;
    proxy.plan(once(at, fault));
    var result = store.create(key, Content.of(LARGE));
    assertThat(bytes(key)).isEqualTo(LARGE);
    if (at < 3) {
      assertThat(result).isInstanceOf(WriteResult.Written.class);
    }
    proxy.plan(once(at, fault));
    assertThat(store.create(key, Content.of(new byte[LARGE.length])))
        .isEqualTo(new WriteResult.Conflict());
    assertThat(bytes(key)).isEqualTo(LARGE);
    proxy.plan(once(at, fault));
    store.put(key, Content.of(new byte[LARGE.length]));
    assertThat(bytes(key)).isEqualTo(new byte[LARGE.length]);
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatStaysBrokenIsTransientAndNothingIsHalfDone(Fault fault) throws Exception {
    var version = ((WriteResult.Written) direct.create("there", Content.of("1"))).version();
    proxy.plan(number -> fault);
    try (var impatient = through(IMPATIENT)) {
      assertTransient(() -> impatient.stat("there"));
      assertTransient(() -> impatient.list(""));
      assertTransient(() -> impatient.put("put", Content.of("2")));
      assertTransient(() -> impatient.create("large", Content.of(LARGE)));
      if (fault.reachesServer()) {
        // the second sending is refused, which may be heard or not
        assertThat(heard(() -> impatient.create("new", Content.of("2"))))
            .isIn("Conflict", "TransientStoreException");
        assertThat(direct.read("new", 10).map(r -> r.bytes()[0])).contains((byte) '2');
      } else {
        assertTransient(() -> impatient.create("new", Content.of("2")));
        assertTransient(() -> impatient.replace("there", Content.of("2"), version));
        assertThat(text("there")).isEqualTo("1");
        assertThat(direct.stat("new")).isEmpty();
        assertThat(direct.stat("put")).isEmpty();
      }
    }
    assertThat(direct.stat("large")).isEmpty();
  }

  private static String heard(Callable<?> action) throws Exception {
    try {
      return action.call().getClass().getSimpleName();
    } catch (TransientStoreException e) {
      return e.getClass().getSimpleName();
    }
  }

  /// Something to do.
  private interface Action {
    void run() throws IOException;
  }

  private static void assertTransient(Action action) {
    assertTransient(action, "s3://contract/faults/");
  }

  @Test
  void aServerThatIsNotThereIsTransient() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (var none = S3ProxyServer.store(port, "x", IMPATIENT, SILENCE, PART)) {
      assertTransient(() -> none.stat("a"), "s3://contract/x/a");
    }
  }

  private static void assertTransient(Action action, String name) {
    assertThatThrownBy(action::run)
        .isInstanceOf(TransientStoreException.class)
        .hasMessageContaining("run the step again")
        .hasMessageContaining(name);
  }

  @Test
  void aSourceThatBreaksLeavesNoUpload() throws Exception {
    var broken = new ObjectStoreContract.BreakingContent(LARGE.length);
    assertThatThrownBy(() -> store.create("a", broken)).hasMessageContaining("the source broke");
    noUploadIsLeft();
  }

  @Test
  void aStoppedStepLeavesNoUpload() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    proxy.plan(once(2, Fault.SILENCE));
    Thread step =
        Thread.ofPlatform()
            .start(() -> {
              try (var slow =
                  S3ProxyServer.store(
                      proxy.port(), prefix, PATIENT, Duration.ofSeconds(30), PART)) {
                slow.create("a", Content.of(LARGE));
              } catch (IOException e) {
                end.complete(e);
              }
            });
    while (proxy.requests().size() < 3) {
      Thread.onSpinWait();
    }
    step.interrupt();
    assertThat(end.get()).hasMessageContaining("was stopped");
    step.join();
    assertThat(direct.stat("a")).isEmpty();
    noUploadIsLeft();
  }

  @Test
  void thePartsOfARefusedUploadAreRemoved() throws Exception {
    direct.create("a", Content.of("first"));
    assertThat(store.create("a", Content.of(LARGE))).isEqualTo(new WriteResult.Conflict());
    noUploadIsLeft();
  }
}
