package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.Stat;

/// A real file system of one megabyte, mounted in a process of its own and gone with it. Needs
/// Linux and the right to make a mount namespace.
@Tag("server")
final class DiskFullTest {

  @TempDir private Path directory;

  @Test
  void aFullDiskIsSaidAndNothingIsLeftHalf() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (!"root".equals(System.getProperty("user.name"))) {
      command.add("--map-root-user");
    }
    command.addAll(
        List.of("--mount", "sh", "-c", "mount -t tmpfs -o size=1m none \"$0\" && exec \"$@\""));
    command.add(directory.toString());
    command.addAll(ChildJvm.command(Filling.class, List.of(), directory.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("cannot write " + directory.resolve("x/large"))
        .contains("left as it was: No space left on device")
        .contains("after: [x/small 5]")
        .contains("files: [.primum-lock, small]")
        .contains("then: x/next");
  }

  /// The process that fills it.
  static final class Filling {
    public static void main(String[] arguments) throws IOException {
      Path root = Path.of(arguments[0]);
      var store = new DirectoryStore(root, root.toString());
      store.put("x/small", Content.of("small"));
      for (Runnable write : writes(store)) {
        write.run();
      }
      List<Stat> after = store.list("");
      System.out.println("after: " + after.stream().map(s -> s.key() + " " + s.size()).toList());
      String[] files = root.resolve("x").toFile().list();
      System.out.println("files: " + List.of(files).stream().sorted().toList());
      store.create("x/next", Content.of(new byte[500_000]));
      System.out.println("then: " + store.list("x/n").getFirst().key());
    }

    private static List<Runnable> writes(DirectoryStore store) {
      Content large = Content.of(new byte[2_000_000]);
      return List.of(
          () -> failing(() -> store.create("x/large", large)),
          () -> failing(() -> store.put("x/small", large)),
          () ->
              failing(() -> {
                var version = store.stat("x/small").orElseThrow().version();
                store.replace("x/small", large, version);
              }));
    }

    private interface Write {
      void run() throws IOException;
    }

    private static void failing(Write write) {
      try {
        write.run();
        throw new IllegalStateException("it fitted");
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
