package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.primum.gate.Status;
import org.primum.model.ShapFixture;
import org.primum.step.release.ReleaseFixture;
import org.primum.store.ObjectStore;
import org.primum.store.S3ProxyServer;
import org.primum.store.Stores;

/// An engine mounts what the steps left side by side in one directory, and says only where that is:
/// `evidence/audit`, `evidence/train`. The same on a disk and below a prefix of a bucket.
final class EvidenceDirectoriesTest {

  private static S3ProxyServer server;

  @TempDir Path root;
  private ReleaseFixture fixture;
  private int runs;

  /// Where the evidence is.
  enum Place {
    DIRECTORY,
    BUCKET
  }

  @BeforeAll
  static void start() throws Exception {
    server = new S3ProxyServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void makeFixture() {
    fixture = new ReleaseFixture(root, Clock.systemUTC());
    fixture.policy();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void everyDirectoryBelowIsOneSteps(Place place) throws IOException {
    fixture.passing("a");
    Cli gate = gate(place, "a");
    assertThat(gate.err()).contains("PASS");
    assertThat(gate.code()).isZero();
    assertThat(gate.out()).contains("train:auroc").contains("fairness-audit:equal-opportunity");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aRefusalInOneOfThemRefuses(Place place) throws IOException {
    fixture.passing("a");
    fixture.audit("a", root.resolve("a/second"), -0.08, Status.FAIL);
    assertThat(gate(place, "a").code()).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void oneWithoutAVerdictIsAbsentEvidenceAndNotLeftOut(Place place) throws IOException {
    fixture.passing("a");
    Files.writeString(Files.createDirectories(root.resolve("a/shap")).resolve("report.html"), "");
    Cli gate = gate(place, "a");
    assertThat(gate.code()).isEqualTo(21);
    assertThat(gate.out()).contains("a/shap").contains("it holds no verdict.json");
  }

  @Test
  void anEmptyOneIsAbsentEvidenceToo() throws IOException {
    fixture.passing("a");
    Files.createDirectories(root.resolve("a/shap"));
    Cli gate = gate(Place.DIRECTORY, "a");
    assertThat(gate.code()).isEqualTo(21);
    assertThat(gate.out()).contains("a/shap").contains("it holds no verdict.json");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void hiddenDirectoriesLostAndFoundAndFilesBesideThemAreNobodys(Place place) throws IOException {
    fixture.passing("a");
    for (String name : List.of("a/.snapshot", "a/lost+found")) {
      Files.writeString(Files.createDirectories(root.resolve(name)).resolve("x"), "x");
    }
    Files.writeString(root.resolve("a/README.txt"), "what these are");
    assertThat(gate(place, "a").code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void anInterruptedOutputDirectoryIsOneAndNotAHeapOfSome(Place place) throws IOException {
    fixture.passing("a");
    Files.delete(root.resolve("a/audit/verdict.json"));
    Cli gate = gate(place, "a/train", "a/audit");
    assertThat(gate.code()).isEqualTo(21);
    assertThat(gate.out())
        .contains("a/audit): it holds no verdict.json")
        .doesNotContain("a/audit/params");
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void nothingThereIsNotKnown(Place place) throws IOException {
    fixture.passing("a");
    Files.createDirectories(root.resolve("empty"));
    assertThat(gate(place, "a", "empty").code()).isEqualTo(21);
    assertThat(gate(place, "empty").code()).isEqualTo(21);
    assertThat(gate(place, "nowhere").code()).isEqualTo(21);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void itMixesWithSingleOnes(Place place) throws IOException {
    fixture.passing("a");
    fixture.audit("a", root.resolve("later/audit"), -0.08, Status.FAIL);
    assertThat(gate(place, "a/train", "later").code()).isEqualTo(20);
  }

  @Test
  void aLinkToADirectoryIsOne() throws IOException {
    var evidence = fixture.passing("a");
    Path linked = Files.createDirectories(root.resolve("linked"));
    for (Path directory : evidence) {
      Files.createSymbolicLink(linked.resolve(directory.getFileName()), directory);
    }
    assertThat(gate(Place.DIRECTORY, "linked").code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aPromotionTakesThemToo(Place place) throws IOException {
    fixture.passing("a");
    Cli promote =
        run(
            "promote",
            "--name=readmission",
            "--registry=" + root.resolve("registry"),
            "--model=" + fixture.model("a"),
            "--policy=" + fixture.policy(),
            "--evidence=" + at(place, "a"));
    assertThat(promote.err()).contains("Promoted");
    assertThat(promote.code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void shardsOfOneTableAreMerged(Place place) throws IOException {
    explain("whole", "0/1");
    explain("parts/a", "1/2");
    explain("parts/b", "0/2");
    Cli merge = run("shap-merge", "--shards=" + at(place, "parts"));
    assertThat(merge.err()).contains("PASS");
    assertThat(last("shap.parquet")).hasSameBinaryContentAs(root.resolve("whole/shap.parquet"));
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aShardThatDidNotFinishIsNotLeftOut(Place place) throws IOException {
    explain("parts/a", "0/2");
    explain("parts/b", "1/2");
    explain("more/a", "0/1");
    Files.delete(root.resolve("parts/b/verdict.json"));
    Files.writeString(Files.createDirectories(root.resolve("more/b")).resolve("x"), "x");
    for (String directory : List.of("parts", "more")) {
      Cli merge = run("shap-merge", "--shards=" + at(place, directory));
      assertThat(merge.code()).isEqualTo(11);
      assertThat(merge.err()).contains(directory + "/b").contains("verdict.json");
    }
  }

  private void explain(String directory, String shard) {
    ShapFixture fixture = new ShapFixture("a_xgb_binary");
    Cli batch =
        Cli.run(
            "shap-batch",
            "--model=" + fixture.file("model.json"),
            "--data=" + fixture.file("rows.csv"),
            "--id=row_id",
            "--features=" + String.join(",", fixture.featureNames()),
            "--shard=" + shard,
            "--output-dir=" + root.resolve(directory));
    assertThat(batch.code()).as(batch.err()).isZero();
  }

  private Cli gate(Place place, String... directories) throws IOException {
    List<String> evidence = new ArrayList<>();
    for (String directory : directories) {
      evidence.add(at(place, directory));
    }
    return run("gate", "--policy=" + fixture.policy(), "--evidence=" + String.join(",", evidence));
  }

  private Cli run(String... arguments) {
    runs++;
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--output-dir=" + root.resolve("out-" + runs));
    return Cli.run(environment(), all.toArray(String[]::new));
  }

  private Path last(String file) {
    return root.resolve("out-" + runs).resolve(file);
  }

  private static Map<String, String> environment() {
    return new TreeMap<>(S3ProxyServer.environment(server.port(), "PT2S"));
  }

  /// The directory as a location of the place, with all that is in it.
  private String at(Place place, String directory) throws IOException {
    Path local = root.resolve(directory);
    if (place == Place.DIRECTORY) {
      return local.toString();
    }
    var prefix = S3ProxyServer.location(root.getFileName() + "-" + runs).resolve(directory);
    if (Files.isDirectory(local)) {
      try (ObjectStore store = new Stores(environment()).open(prefix);
          Stream<Path> files = Files.walk(local)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          store.put(local.relativize(file).toString(), ObjectStore.Content.of(file));
        }
      }
    }
    return prefix.toString();
  }
}
