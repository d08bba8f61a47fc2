package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Batches;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.Content;
import org.primum.store.Stores;
import org.primum.store.TestServer;
import org.primum.table.TableFiles;

/// The whole train of two models, `one` and `two`, on a real SeaweedFS: cohort, policies, evidence,
/// ledger, registry and every output are objects below one prefix, and nothing is on the disk. The
/// limits are wide, so that 8,000 synthetic patients are enough to decide.
@Tag("server")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReleaseTrainS3Test {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FAIRNESS =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: wide, revision: 1}
      data:
        label: {column: label, positive: 1}
        prediction: {column: prediction, positive: 1}
      attributes:
        - {name: sex, column: sex, categories: [F, M], reference: M}
        - {name: age, column: age_band, categories: ["18-44", "45-64", "65-74", "75+"], reference: "45-64"}
      minimum: {n: 20, positives: 5, negatives: 5}
      rules:
        - {id: missed-by-sex, metric: tpr, compare: difference, over: sex, min: -0.5, decide: point}
        - {id: missed-by-age, metric: tpr, compare: difference, over: age, min: -0.9, decide: point}
      """;

  private static final String RELEASE =
      """
      apiVersion: primum.dev/v1alpha1
      kind: ReleasePolicy
      metadata: {name: wide, revision: 1}
      require:
        - {step: train, rules: [{metric: auroc, min: 0.55}]}
        - {step: fairness-audit, maxAge: P1D}
        - {step: shap-batch, maxAge: P1D}
        - {step: dp-noise}
      """;

  private static final String QUERIES =
      """
      apiVersion: primum.dev/v1alpha1
      kind: PrivacyRelease
      metadata: {name: by-sex, revision: 1}
      queries:
        - {id: by-sex, kind: histogram, column: sex, categories: [F, M], epsilon: 0.5}
      """;

  private static final Set<String> EVERY_STEP =
      Set.of(
          "verdict.json",
          "metrics.json",
          "report.html",
          "manifest.json",
          "metrics.prom",
          "params/status",
          "params/exit_code");

  /// What a step writes beside the files of every step.
  private static final Map<String, List<String>> OWN =
      Map.of(
          "train", List.of("model/model.json", "scored.parquet"),
          "audit", List.of("tally.bin"),
          "shap", List.of("shap.parquet", "summary.json"),
          "noise", List.of("release.json", "params/epsilon_spent"),
          "gate", List.of("junit.xml"),
          "promote", List.of("pointer.json", "params/model"),
          "rollback", List.of("pointer.json", "params/model"));

  private final Location root = TestServer.SEAWEEDFS.location();
  private final Map<String, String> environment = TestServer.SEAWEEDFS.environment();
  private final ObjectStore store = new Stores(environment).open(root);

  /// Each command as it was given and what came of it, by the name of its output.
  private final Map<String, List<String>> commands = new LinkedHashMap<>();

  private final Map<String, Cli> results = new LinkedHashMap<>();

  @BeforeAll
  void runTheTrain() throws IOException {
    put("policies/fairness.yaml", FAIRNESS);
    put("policies/release.yaml", RELEASE);
    put("policies/queries.yaml", QUERIES);
    run("cohort", "cohort", "--patients=8000", "--seed=1", "--output=" + at("cohort.parquet"));
    bring("one", "");
    bring("two", "--reweigh=age_band");
    step("gate/one", "gate", release("one"), "--junit=" + at("gate/one/junit.xml"));
    step("promote/one", "promote", release("one"), registry());
    step("promote/two", "promote", release("two"), registry());
    step("rollback/two", "rollback", registry(), "--reason=a drill");
  }

  @AfterAll
  void close() throws IOException {
    store.close();
  }

  /// A model with all its evidence.
  private void bring(String name, String reweigh) throws IOException {
    step(
        "train/" + name,
        "train",
        "--data=" + at("cohort.parquet"),
        "--label=readmitted_30d",
        "--id=patient_id",
        "--sensitive=race,sex,age_band",
        "--exclude=admission_month,weight",
        "--learner=xgboost",
        "--param=rounds=20",
        "--alert-rate=0.2",
        "--holdout=0.3",
        reweigh);
    String scored = "--data=" + at("train/" + name + "/scored.parquet");
    String model = "--model=" + at("train/" + name + "/model");
    step("audit/" + name, "fairness-audit", scored, model, policy("--policy", "fairness"));
    step("shap/" + name, "shap-batch", model, "--data=" + at("cohort.parquet"), "--shard=1/8");
    put("policies/budget-" + name + ".yaml", budget(name));
    step(
        "noise/" + name,
        "dp-noise",
        scored,
        policy("--release", "queries"),
        policy("--budget", "budget-" + name),
        "--ledger=" + at("ledger"));
  }

  private static String budget(String dataset) {
    return """
    apiVersion: primum.dev/v1alpha1
    kind: PrivacyBudget
    dataset: %s
    unit: {column: patient_id, maxRows: 4}
    neighbouring: add-remove
    definition: pure
    epsilon: 1.0
    """
        .formatted(dataset);
  }

  private String release(String name) {
    String evidence =
        Stream.of("train", "audit", "shap", "noise")
            .map(step -> at(step + "/" + name))
            .collect(Collectors.joining(","));
    return String.join(
        "\n",
        "--model=" + at("train/" + name + "/model"),
        policy("--policy", "release"),
        "--evidence=" + evidence);
  }

  private String registry() {
    return "--name=readmission\n--registry=" + at("registry");
  }

  private String policy(String option, String name) {
    return option + "=" + at("policies/" + name + ".yaml");
  }

  private String at(String key) {
    return root.resolve(key).toString();
  }

  private void put(String key, String text) throws IOException {
    store.put(key, Content.of(text));
  }

  /// @param options of one line each; the empty ones are left out
  private void step(String output, String step, String... options) {
    List<String> all = new ArrayList<>();
    Arrays.stream(options).flatMap(String::lines).filter(o -> !o.isEmpty()).forEach(all::add);
    all.addFirst(step);
    all.add("--output-dir=" + at(output));
    run(output, all.toArray(String[]::new));
  }

  private void run(String output, String... arguments) {
    List<String> command = List.of(arguments);
    Cli cli = Cli.run(environment, arguments);
    assertThat(cli.code()).as(output + ": " + cli.err()).isZero();
    commands.put(output, command);
    results.put(output, cli);
  }

  private Stream<String> outputs() {
    return results.keySet().stream().filter(output -> output.contains("/"));
  }

  private Map<String, byte[]> objects(String output) throws IOException {
    Map<String, byte[]> objects = new LinkedHashMap<>();
    for (ObjectStore.Stat stat : store.list(output + "/")) {
      String name = stat.key().substring(output.length() + 1);
      objects.put(name, store.read(stat.key(), 1 << 26).orElseThrow().bytes());
    }
    return objects;
  }

  private static byte[] bytes(Map<String, byte[]> objects, String name) {
    return Optional.ofNullable(objects.get(name)).orElseThrow();
  }

  private JsonNode json(String key) throws IOException {
    return JSON.readTree(store.read(key, 1 << 24).orElseThrow().bytes());
  }

  @Test
  void everyFileOfTheContractIsInEachPrefix() throws IOException {
    for (String output : outputs().toList()) {
      Set<String> expected = new TreeSet<>(EVERY_STEP);
      expected.addAll(OWN.getOrDefault(output.substring(0, output.indexOf('/')), List.of()));
      assertThat(objects(output)).as(output).containsKeys(expected.toArray(String[]::new));
    }
  }

  @Test
  void theDigestsOfTheManifestsAreThoseOfTheObjects() throws IOException {
    for (String output : outputs().toList()) {
      Map<String, byte[]> objects = objects(output);
      Set<String> unnamed = new TreeSet<>(objects.keySet());
      unnamed.removeAll(Set.of("manifest.json", "verdict.json", "junit.xml"));
      for (JsonNode named : json(output + "/manifest.json").get("outputs")) {
        byte[] bytes = bytes(objects, named.get("location").asText());
        assertThat(Digest.of(bytes).value()).isEqualTo(named.get("digest").asText());
        assertThat(bytes.length).isEqualTo(named.get("bytes").asInt());
        unnamed.remove(named.get("location").asText());
      }
      assertThat(unnamed).as(output).isEmpty();
      assertThat(json(output + "/verdict.json").get("manifest").asText())
          .isEqualTo(Digest.of(bytes(objects, "manifest.json")).value());
    }
  }

  @Test
  void theManifestsNameEveryInputByItsDigest() throws IOException {
    String cohort = Digest.of(store.read("cohort.parquet", 1 << 26).orElseThrow().bytes()).value();
    for (String output : List.of("train/one", "shap/one")) {
      assertThat(json(output + "/manifest.json").get("inputs"))
          .anySatisfy(input -> {
            assertThat(input.get("location").asText()).isEqualTo(at("cohort.parquet"));
            assertThat(input.get("digest").asText()).isEqualTo(cohort);
          });
    }
  }

  @Test
  void aSecondRunIntoTheSamePrefixIsRefused() throws IOException {
    Set<String> before = new TreeSet<>(store.list("").stream().map(Object::toString).toList());
    for (Map.Entry<String, List<String>> command : commands.entrySet()) {
      Cli again = Cli.run(environment, command.getValue().toArray(String[]::new));
      assertThat(again.code()).as(command.getKey() + ": " + again.err()).isEqualTo(2);
      assertThat(again.err()).contains("--overwrite");
    }
    assertThat(store.list("").stream().map(Object::toString)).containsExactlyElementsOf(before);
  }

  @Test
  void theRegistryWentToTheSecondModelAndBack() throws IOException {
    Cli status =
        Cli.run(
            environment,
            Stream.concat(Stream.of("status", "--format=json"), registry().lines())
                .toArray(String[]::new));
    assertThat(status.code()).as(status.err()).isZero();
    JsonNode pointer = JSON.readTree(status.out());
    String one = json("audit/one/verdict.json").at("/subject/model").asText();
    String two = json("audit/two/verdict.json").at("/subject/model").asText();
    assertThat(one).isNotEqualTo(two).startsWith("sha256:");
    assertThat(pointer.get("sequence").asInt()).isEqualTo(3);
    assertThat(pointer.get("model").asText()).isEqualTo(one);
    assertThat(pointer.get("previous").asText()).isEqualTo(two);
    assertThat(json("registry/models/readmission/current.json").get("model").asText())
        .isEqualTo(one);
  }

  @Test
  void theServedBytesAreTheTrainedOnes() throws IOException {
    for (Map.Entry<String, byte[]> file : objects("train/one").entrySet()) {
      if (file.getKey().startsWith("model/")) {
        String hex = Digest.of(file.getValue()).hex();
        String key = "registry/blobs/sha256/" + hex.substring(0, 2) + "/" + hex;
        assertThat(store.read(key, 1 << 26).orElseThrow().bytes()).isEqualTo(file.getValue());
      }
    }
  }

  @Test
  void noSecretAndNoPatientIsInWhatPeopleRead(@TempDir Path directory) throws IOException {
    List<String> hidden = new ArrayList<>(patients(directory));
    assertThat(hidden).hasSizeGreaterThan(1000);
    hidden.add(environment.getOrDefault("AWS_SECRET_ACCESS_KEY", ""));
    for (Map.Entry<String, Cli> result : results.entrySet()) {
      assertHides(result.getKey() + " on the terminal", result.getValue().out(), hidden);
      assertHides(result.getKey() + " in the log", result.getValue().err(), hidden);
    }
    for (String output : outputs().toList()) {
      for (Map.Entry<String, byte[]> object : objects(output).entrySet()) {
        if (!object.getKey().endsWith(".parquet")) {
          String text = new String(object.getValue(), StandardCharsets.ISO_8859_1);
          assertHides(output + "/" + object.getKey(), text, hidden);
        }
      }
    }
  }

  private static void assertHides(String where, String text, List<String> hidden) {
    assertThat(hidden).as(where).noneMatch(text::contains);
  }

  /// The identifiers of the holdout, whose rows every step has read.
  private Set<String> patients(Path directory) throws IOException {
    byte[] bytes = store.read("train/one/scored.parquet", 1 << 26).orElseThrow().bytes();
    Path file = Files.write(directory.resolve("scored.parquet"), bytes);
    Set<String> patients = new TreeSet<>();
    try (Batches batches =
        TableFiles.open(file, "scored").read(List.of(Selection.text("patient_id")))) {
      for (var batch = batches.next(); batch.isPresent(); batch = batches.next()) {
        for (int row = 0; row < batch.get().rows(); row++) {
          patients.add(batch.get().text(0).text(row));
        }
      }
    }
    return patients;
  }
}
