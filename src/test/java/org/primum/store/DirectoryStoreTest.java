package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.Stat;
import org.primum.store.ObjectStore.WriteResult;

final class DirectoryStoreTest implements CompareAndSetContract {

  @TempDir private Path directory;
  private Path root;
  private DirectoryStore store;

  @BeforeEach
  void open() {
    root = directory.resolve("not/yet/there");
    store = new DirectoryStore(root, root.toString());
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void readingMakesNothing() throws IOException {
    store.list("");
    store.stat("a/b");
    store.delete("a/b");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesNoFileButTheObjectAndTheLock() throws IOException {
    var first = (WriteResult.Written) store.create("a/b", Content.of("1"));
    store.create("a/b", Content.of("2"));
    store.replace("a/b", Content.of("3"), first.version());
    store.replace("a/b", Content.of("4"), first.version());
    assertThat(root.resolve("a")).isDirectoryNotContaining("glob:**.tmp");
    try (var files = Files.list(root.resolve("a"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("b", DirectoryLock.FILE);
    }
  }

  @Test
  void whatAKilledProcessLeftIsNoObject() throws IOException {
    store.create("a/b", Content.of("1"));
    Files.writeString(root.resolve("a/.primum-0001.tmp"), "half");
    assertThat(store.list("")).extracting(Stat::key).containsExactly("a/b");
  }

  @Test
  void readsWhatOthersPutThere() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("x.csv"), "a,b\n");
    assertThat(store.stat("x.csv").orElseThrow().size()).isEqualTo(4);
    Files.writeString(root.resolve("x.csv"), "a,c\n");
    var version = store.stat("x.csv").orElseThrow().version();
    assertThat(store.replace("x.csv", Content.of("d"), version))
        .isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void aDirectoryIsNoObject() throws IOException {
    store.create("a/b", Content.of("1"));
    assertThat(store.stat("a")).isEmpty();
    assertThatThrownBy(() -> store.create("a", Content.of("2"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.put("a", Content.of("2"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.delete("a")).isInstanceOf(IOException.class);
    assertThat(store.list("")).extracting(Stat::key).containsExactly("a/b");
  }

  @Test
  void nothingLiesBelowAnObject() throws IOException {
    store.create("a", Content.of("1"));
    assertThat(store.stat("a/b")).isEmpty();
    assertThatThrownBy(() -> store.create("a/b", Content.of("2")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void followsLinksOnlyInside() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    store.create("in/a", Content.of("1"));
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("secret"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("alias"), root.resolve("in/a"));
    Files.createSymbolicLink(root.resolve("nowhere"), outside.resolve("none"));
    for (String key : List.of("out/secret", "secret", "nowhere")) {
      assertThatThrownBy(() -> store.read(key, 100)).hasMessageContaining("link");
      assertThatThrownBy(() -> store.put(key, Content.of("x"))).hasMessageContaining("link");
      assertThatThrownBy(() -> store.delete(key)).hasMessageContaining("link");
    }
    assertThatThrownBy(() -> store.create("out/new", Content.of("x"))).hasMessageContaining("link");
    assertThatThrownBy(() -> store.list("out/")).hasMessageContaining("link");
    assertThat(store.list("")).extracting(Stat::key).containsExactly("alias", "in/a");
    assertThat(store.read("alias", 10)).isPresent();
    assertThat(outside).isDirectoryNotContaining("glob:**/new");
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void theRootMayBeALink() throws IOException {
    store.create("a", Content.of("1"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), root);
    assertThat(new DirectoryStore(link, "link").read("a", 10)).isPresent();
  }

  @Test
  void storesAtTwoRootsShareTheirLocks() throws IOException {
    store.create("in/counter", Content.of("0"));
    var inner = new DirectoryStore(root.resolve("in"), "in");
    var version = inner.stat("counter").orElseThrow().version();
    inner.replace("counter", Content.of("1"), version);
    assertThat(store.replace("in/counter", Content.of("2"), version))
        .isEqualTo(new WriteResult.Conflict());
  }

  @Test
  void noUpdateOfTwoProcessesIsLost() throws Exception {
    store.create("counter", Content.of("0"));
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(ChildJvm.start(Incrementing.class, List.of(), root.toString(), "200"));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(new String(store.read("counter", 10).orElseThrow().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("400");
  }

  /// A process that adds to the counter so many times.
  static final class Incrementing {
    public static void main(String[] arguments) throws IOException {
      var store = new DirectoryStore(Path.of(arguments[0]), arguments[0]);
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        CompareAndSetContract.increment(store);
      }
    }
  }
}
