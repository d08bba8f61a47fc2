package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.Stat;
import org.primum.store.ObjectStore.WriteResult;

/// What every store does, whatever is behind it.
interface ObjectStoreContract {

  int RACERS = 64;

  /// An empty store of its own for each test, the same one at each call.
  ObjectStore store();

  static String text(ObjectStore store, String key) throws IOException {
    return new String(store.read(key, 1 << 20).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static String version(WriteResult result) {
    return ((WriteResult.Written) result).version();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  default void createsAKeyOnce() throws IOException {
    var version = version(store().create("a/b.json", Content.of("first")));
    assertThat(store().create("a/b.json", Content.of("second")))
        .isEqualTo(new WriteResult.Conflict());
    assertThat(text(store(), "a/b.json")).isEqualTo("first");
    assertThat(store().stat("a/b.json")).contains(new Stat("a/b.json", 5, version));
    assertThat(store().read("a/b.json", 5).orElseThrow().version()).isEqualTo(version);
  }

  @Test
  default void replacesTheVersionThatWasRead() throws IOException {
    var first = version(store().create("pointer", Content.of("1")));
    var second = version(store().replace("pointer", Content.of("2"), first));
    assertThat(second).isNotEqualTo(first);
    assertThat(store().stat("pointer").orElseThrow().version()).isEqualTo(second);
    assertThat(text(store(), "pointer")).isEqualTo("2");
  }

  @Test
  default void doesNotReplaceAnotherVersion() throws IOException {
    var first = version(store().create("pointer", Content.of("1")));
    store().replace("pointer", Content.of("2"), first);
    assertThat(store().replace("pointer", Content.of("3"), first))
        .isEqualTo(new WriteResult.Conflict());
    assertThat(text(store(), "pointer")).isEqualTo("2");
  }

  @Test
  default void doesNotReplaceWhatIsNotThere() throws IOException {
    var version = version(store().create("pointer", Content.of("1")));
    store().delete("pointer");
    assertThat(store().replace("pointer", Content.of("2"), version))
        .isEqualTo(new WriteResult.Conflict());
    assertThat(store().stat("pointer")).isEmpty();
  }

  @Test
  default void putsWhateverIsThere() throws IOException {
    store().put("out", Content.of("1"));
    store().put("out", Content.of("22"));
    assertThat(text(store(), "out")).isEqualTo("22");
  }

  @Test
  default void findsNothingWhereNothingIs() throws IOException {
    assertThat(store().stat("none")).isEmpty();
    assertThat(store().read("none", 1)).isEmpty();
    assertThat(store().list("")).isEmpty();
    assertThatThrownBy(() -> store().open("none")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store().open("none", "v", 0, 1))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store().open("none", "v", 0, 0))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void deletesAndDoesNotMindWhatIsGone() throws IOException {
    store().create("a", Content.of("1"));
    store().delete("a");
    store().delete("a");
    assertThat(store().stat("a")).isEmpty();
    assertThat(store().create("a", Content.of("2"))).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  default void keepsAnEmptyObject() throws IOException {
    var version = version(store().create("empty", Content.of("")));
    assertThat(store().stat("empty")).contains(new Stat("empty", 0, version));
    assertThat(store().read("empty", 0).orElseThrow().bytes()).isEmpty();
    try (InputStream in = store().open("empty")) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  default void readsNoMoreThanTheLimit() throws IOException {
    store().create("five", Content.of("12345"));
    assertThat(store().read("five", 5)).isPresent();
    assertThatThrownBy(() -> store().read("five", 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("5 bytes");
  }

  @Test
  default void readsARange() throws IOException {
    var version = version(store().create("digits", Content.of("0123456789")));
    for (int[] range : new int[][] {{0, 10}, {0, 1}, {9, 1}, {3, 4}, {10, 0}, {0, 0}}) {
      try (InputStream in = store().open("digits", version, range[0], range[1])) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("0123456789".substring(range[0], range[0] + range[1]));
      }
    }
  }

  @Test
  default void failsOnARangeThatIsNotThere() throws IOException {
    var version = version(store().create("digits", Content.of("0123456789")));
    for (int[] range : new int[][] {{0, 11}, {9, 2}, {10, 1}, {11, 0}, {50, 3}}) {
      assertThatThrownBy(() -> store().open("digits", version, range[0], range[1]).readAllBytes())
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> store().open("digits", version, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void failsOnARangeOfAnotherVersion() throws IOException {
    var version = version(store().create("digits", Content.of("0123456789")));
    store().put("digits", Content.of("abcdefghij"));
    assertThatThrownBy(() -> store().open("digits", version, 2, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("anew");
  }

  @Test
  default void listsWhatStartsWithThePrefixInTheOrderOfUtf8() throws IOException {
    // U+FF5E is before U+1F600 in UTF-8 and after it in UTF-16, Java's order
    List<String> keys = List.of("a", "ab/c", "ab/d/e", "b", "\uff5e", "\ud83d\ude00");
    for (String key : keys.reversed()) {
      store().create(key, Content.of(key));
    }
    assertThat(store().list("")).extracting(Stat::key).containsExactlyElementsOf(keys);
    assertThat(store().list("a")).extracting(Stat::key).containsExactly("a", "ab/c", "ab/d/e");
    assertThat(store().list("ab/")).extracting(Stat::key).containsExactly("ab/c", "ab/d/e");
    assertThat(store().list("ab/d")).extracting(Stat::key).containsExactly("ab/d/e");
    assertThat(store().list("zz/")).isEmpty();
    assertThat(store().list("ab/d/e")).containsExactly(store().stat("ab/d/e").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "größe/Ünï.json",
        "日本語",
        "a b+c",
        "100%",
        "a%2Fb",
        "q?x=1&y",
        "#h",
        "😀",
        "e\u0301",
        "~.-_'()*!",
        "a;b:c@d,e$f=g",
        "<&>\"'",
        "[x]{y}|^`",
        "...",
        ".hidden",
        "a..b"
      })
  default void takesAnyKeyByItsBytes(String key) throws IOException {
    var version = version(store().create(key, Content.of(key)));
    assertThat(text(store(), key)).isEqualTo(key);
    assertThat(store().list("")).extracting(Stat::key).containsExactly(key);
    assertThat(store().replace(key, Content.of("2"), version))
        .isInstanceOf(WriteResult.Written.class);
    store().delete(key);
    assertThat(store().list("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/..", ".", "a\\b", "a\nb", ".primum-x"})
  default void rejectsWhatIsNoKey(String key) {
    assertThatThrownBy(() -> store().create(key, Content.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().stat(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aLargeObjectIsConditionalToo() throws IOException {
    byte[] large = random(20 * 1024 * 1024 + 17);
    var version = version(store().create("large", Content.of(large)));
    assertThat(store().stat("large")).contains(new Stat("large", large.length, version));
    assertThat(store().create("large", Content.of(new byte[large.length])))
        .isEqualTo(new WriteResult.Conflict());
    try (InputStream in = store().open("large")) {
      assertThat(in.readAllBytes()).isEqualTo(large);
    }
    byte[] other = random(9 * 1024 * 1024);
    var next = version(store().replace("large", Content.of(other), version));
    assertThat(store().replace("large", Content.of(large), version))
        .isEqualTo(new WriteResult.Conflict());
    int from = 8 * 1024 * 1024 - 5;
    try (InputStream in = store().open("large", next, from, 10)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(other, from, from + 10));
    }
    store().delete("large");
    assertThat(store().replace("large", Content.of(large), next))
        .isEqualTo(new WriteResult.Conflict());
    assertThat(store().list("")).isEmpty();
  }

  @Test
  default void aSourceThatBreaksLeavesNothing() throws IOException {
    for (int size : new int[] {100, 20 * 1024 * 1024}) {
      assertThatThrownBy(() -> store().create("broken", new BreakingContent(size)))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("the source broke");
      assertThat(store().stat("broken")).isEmpty();
      assertThat(store().list("")).isEmpty();
    }
  }

  @Test
  default void oneOfManyCreatorsWins() throws Exception {
    var results = race(i -> store().create("prize", Content.of("racer " + i)));
    assertThat(results).filteredOn(WriteResult.Written.class::isInstance).hasSize(1);
    int winner = 0;
    while (results.get(winner) instanceof WriteResult.Conflict) {
      winner++;
    }
    assertThat(text(store(), "prize")).isEqualTo("racer " + winner);
  }

  @Test
  default void theProbeFindsConditionalWritesAndLeavesNothing() throws IOException {
    store().probeConditionalWrites();
    assertThat(store().list("")).isEmpty();
  }

  /// What one racer does.
  interface Racer {
    WriteResult run(int number) throws IOException;
  }

  static List<WriteResult> race(Racer racer) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(RACERS)) {
      List<Future<WriteResult>> running = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        int number = i;
        Callable<WriteResult> task =
            () -> {
              start.await();
              return racer.run(number);
            };
        running.add(threads.submit(task));
      }
      start.countDown();
      List<WriteResult> results = new ArrayList<>();
      for (Future<WriteResult> future : running) {
        results.add(future.get());
      }
      return results;
    }
  }

  /// Breaks after nine tenths of its bytes.
  record BreakingContent(long size) implements Content {
    @Override
    public InputStream open() {
      return new FilterInputStream(new ByteArrayInputStream(new byte[(int) size * 9 / 10])) {
        @Override
        public int read() throws IOException {
          return broken(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return broken(super.read(bytes, offset, length));
        }

        private int broken(int read) throws IOException {
          if (read < 0) {
            throw new IOException("the source broke");
          }
          return read;
        }
      };
    }
  }
}
