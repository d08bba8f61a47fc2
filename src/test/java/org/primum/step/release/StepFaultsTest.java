package org.primum.step.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.primum.cli.Cli;
import org.primum.data.Digest;
import org.primum.document.PrivacyBudgetDocument;
import org.primum.document.Source;
import org.primum.promotion.Pointer;
import org.primum.step.OutputDirectory;
import org.primum.step.privacy.LedgerStore;
import org.primum.store.FaultyProxy;
import org.primum.store.FaultyProxy.Fault;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.Content;
import org.primum.store.S3ProxyServer;
import org.primum.store.Stores;

/// Whole steps behind a network that breaks. Each ends with its right code and a complete output,
/// or with 75 and nothing half done; and the same command given again comes to the same end.
///
/// Two models, `one` and `two`, have evidence that passes; a booster is scored and audited; a
/// release costs half of its budget.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StepFaultsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRANSIENT = 75;
  private static final int USAGE = 2;

  private static final String BUDGET =
      """
      kind: PrivacyBudget
      dataset: clinic
      unit: {column: patient_id, maxRows: 6}
      neighbouring: add-remove
      definition: pure
      epsilon: 1
      """;

  /// The steps, with `@in` for where their inputs are and `@state` for what they share with others.
  enum Command {
    SCORE("score", "--model=@in/train/model", "--data=@in/cohort.csv"),
    FAIRNESS_AUDIT(
        "fairness-audit",
        "--data=@in/train/scored.parquet",
        "--policy=@in/fairness.yaml",
        "--on-violation=report"),
    DP_NOISE(
        "dp-noise",
        "--data=@in/train/scored.parquet",
        "--release=@in/queries.yaml",
        "--budget=@in/budget.yaml",
        "--ledger=@state"),
    GATE("gate", "--policy=@in/release.yaml", "--evidence=@in/two/train,@in/two/audit"),
    PROMOTE(
        "promote",
        "--model=@in/two/train/model",
        "--name=readmission",
        "--policy=@in/release.yaml",
        "--evidence=@in/two/train,@in/two/audit",
        "--registry=@state"),
    ROLLBACK("rollback", "--name=readmission", "--reason=a drill", "--registry=@state");

    private final String arguments;

    Command(String... arguments) {
      this.arguments = String.join("\n", arguments);
    }

    private String[] at(Location inputs, Location place) {
      return Stream.concat(arguments.lines(), Stream.of("--output-dir=@out"))
          .map(a -> a.replace("@in", inputs.toString()))
          .map(a -> a.replace("@state", place.resolve("state").toString()))
          .map(a -> a.replace("@out", place.resolve("out").toString()))
          .toArray(String[]::new);
    }
  }

  private S3ProxyServer server;
  private FaultyProxy proxy;
  private Map<String, String> direct = Map.of();
  private Path folder;
  private final Location inputs = S3ProxyServer.location("inputs");

  @BeforeAll
  void prepare(@TempDir Path shared) throws Exception {
    folder = shared;
    server = new S3ProxyServer();
    proxy = new FaultyProxy(server.port());
    direct = S3ProxyServer.environment(server.port(), "PT20S");
    ReleaseFixture fixture = new ReleaseFixture(folder.resolve("in"), Clock.systemUTC());
    Files.createDirectories(fixture.root());
    fixture.policy();
    fixture.passing("one");
    fixture.passing("two");
    fixture.file("budget.yaml", BUDGET);
    fixture.file(
        "queries.yaml",
        """
        kind: PrivacyRelease
        metadata: {name: t}
        queries: [{id: all, kind: count, epsilon: 0.5}]
        """);
    fixture.file(
        "fairness.yaml",
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: t, revision: 1}
        data: {label: {column: label, positive: 1}, prediction: {column: prediction, positive: 1}}
        attributes: [{name: sex, column: sex, categories: [F, M], reference: M}]
        rules: [{id: r, metric: tpr, compare: difference, over: sex, min: -0.9, decide: point}]
        """);
    learn(fixture.root());
    upload(fixture.root());
    promote("one", "registry-1");
    promote("one", "registry-2");
    promote("two", "registry-2");
  }

  private void learn(Path in) {
    run("cohort", "--patients=400", "--format=csv", "--output=" + in.resolve("cohort.csv"));
    run(
        "train",
        "--data=" + in.resolve("cohort.csv"),
        "--label=readmitted_30d",
        "--id=patient_id",
        "--sensitive=sex",
        "--exclude=admission_month,weight",
        "--param=rounds=3",
        "--output-dir=" + in.resolve("train"));
  }

  private void promote(String model, String registry) {
    run(
        "promote",
        "--model=" + inputs.resolve(model + "/train/model"),
        "--name=readmission",
        "--policy=" + inputs.resolve("release.yaml"),
        "--evidence=" + inputs.resolve(model + "/train"),
        "--evidence=" + inputs.resolve(model + "/audit"),
        "--registry=" + S3ProxyServer.location(registry),
        "--output-dir=" + folder.resolve(registry + model));
  }

  private void run(String... arguments) {
    Cli cli = Cli.run(direct, arguments);
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private void upload(Path from) throws IOException {
    try (ObjectStore store = open(inputs);
        Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        store.put(from.relativize(file).toString(), Content.of(Files.readAllBytes(file)));
      }
    }
  }

  @AfterAll
  void stop() throws Exception {
    proxy.close();
    server.stop();
  }

  private ObjectStore open(Location location) {
    return new Stores(direct).open(location);
  }

  /// A place that no other run has, with the registry the command starts from.
  private Location place(Command command) throws IOException {
    Location place = S3ProxyServer.location("runs/" + UUID.randomUUID());
    switch (command) {
      case SCORE, FAIRNESS_AUDIT, DP_NOISE, GATE -> {}
      case PROMOTE -> copy("registry-1", place.resolve("state"));
      case ROLLBACK -> copy("registry-2", place.resolve("state"));
    }
    return place;
  }

  private void copy(String registry, Location to) throws IOException {
    try (ObjectStore from = open(S3ProxyServer.location(registry));
        ObjectStore target = open(to)) {
      for (ObjectStore.Stat object : from.list("")) {
        byte[] bytes = from.read(object.key(), 1 << 20).orElseThrow().bytes();
        target.put(object.key(), Content.of(bytes));
      }
    }
  }

  private Cli faulty(Command command, Location place, String patience, FaultyProxy.Plan plan) {
    proxy.plan(plan);
    return Cli.run(S3ProxyServer.environment(proxy.port(), patience), command.at(inputs, place));
  }

  /// What the command asks where nothing breaks.
  private List<String> requests(Command command) throws IOException {
    Location place = place(command);
    Cli cli = faulty(command, place, "PT20S", number -> Fault.NONE);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertDone(command, place);
    return proxy.requests();
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void aServerThatIsNotThereIsTransient(Command command) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Location place = place(command);
    Cli cli = Cli.run(S3ProxyServer.environment(port, "PT0.1S"), command.at(inputs, place));
    assertTransient(command, cli, place);
  }

  /// Every kind of fault, from the first request on and for ever.
  @TestFactory
  Stream<DynamicTest> whatNeverWorksIsTransient() {
    return Stream.of(Command.values())
        .flatMap(command ->
            Stream.of(Fault.values())
                .filter(fault -> fault != Fault.NONE)
                .map(fault ->
                    dynamicTest(
                        command + " " + fault,
                        () -> {
                          Location place = place(command);
                          Cli cli = faulty(command, place, "PT0.2S", number -> fault);
                          assertTransient(command, cli, place);
                        })));
  }

  /// The store answers n requests and then no more, for every n. A write is still done and its
  /// answer lost, which is also what a 503 from the next request on leaves behind; a read is not
  /// even begun.
  @TestFactory
  Stream<DynamicTest> theStoreMayGoAwayAtEachRequest() {
    return Stream.of(Command.values())
        .map(command -> dynamicTest(command.name(), () -> goesAway(command)));
  }

  private void goesAway(Command command) throws IOException {
    List<String> requests = requests(command);
    for (int n = 0; n < requests.size(); n++) {
      int from = n;
      boolean reads = requests.get(n).startsWith("GET ") || requests.get(n).startsWith("HEAD ");
      Fault fault = reads ? Fault.SLOW_DOWN : Fault.ANSWER_LOST;
      Location place = place(command);
      Cli cli = faulty(command, place, "PT0.1S", number -> number < from ? Fault.NONE : fault);
      assertTransient(command, cli, place);
      boolean whole = verdict(place).isPresent();
      Cli again = faulty(command, place, "PT20S", number -> Fault.NONE);
      assertThat(again.code())
          .as("%s again after %s: %s", command, requests.get(n), again.err())
          .isEqualTo(whole ? USAGE : 0);
      assertDone(command, place);
    }
  }

  /// One request of the command breaks, each in turn, in one way after the other.
  @TestFactory
  Stream<DynamicTest> whatBreaksOnceEndsRight() {
    return Stream.of(Command.values())
        .map(command -> dynamicTest(command.name(), () -> breaksOnce(command)));
  }

  private void breaksOnce(Command command) throws IOException {
    int requests = requests(command).size();
    List<Fault> faults = Stream.of(Fault.values()).filter(f -> f != Fault.NONE).toList();
    int phase = command.name().length();
    for (int n : IntStream.range(0, requests).toArray()) {
      Fault fault = faults.get((n + phase) % faults.size());
      Location place = place(command);
      Cli cli = faulty(command, place, "PT1S", number -> number == n ? fault : Fault.NONE);
      assertThat(cli.code())
          .as("%s with %s at %d of %s: %s", command, fault, n, proxy.requests(), cli.err())
          .isZero();
      assertDone(command, place);
    }
  }

  private void assertTransient(Command command, Cli cli, Location place) throws IOException {
    assertThat(cli.code()).as(command + ": " + cli.err()).isEqualTo(TRANSIENT);
    assertThat(cli.err()).contains("run the step again").doesNotContain("secret-of-the-test");
    if (verdict(place).isPresent()) {
      assertWhole(place);
    }
    switch (command) {
      case SCORE, FAIRNESS_AUDIT, GATE -> {}
      case DP_NOISE ->
          assertThat(spent(place)).isGreaterThanOrEqualTo(half().multiply(published(place)));
      case PROMOTE, ROLLBACK -> world(place).assertServable();
    }
  }

  /// The output is whole, and what is shared is as it is after one run.
  private void assertDone(Command command, Location place) throws IOException {
    assertWhole(place);
    switch (command) {
      case SCORE, FAIRNESS_AUDIT, GATE -> {}
      case DP_NOISE -> {
        assertThat(spent(place)).isEqualByComparingTo(half());
        assertThat(published(place)).isEqualByComparingTo(BigDecimal.ONE);
      }
      case PROMOTE -> assertCurrent(place, 2, "two");
      case ROLLBACK -> assertCurrent(place, 3, "one");
    }
  }

  private void assertCurrent(Location place, long sequence, String model) throws IOException {
    RegistryWorld world = world(place);
    world.assertServable();
    Pointer pointer = world.current().orElseThrow();
    assertThat(pointer.sequence()).isEqualTo(sequence);
    assertThat(pointer.model()).isEqualTo(world.fixture().digest(model));
  }

  private RegistryWorld world(Location place) {
    return RegistryWorld.in(folder.resolve("in"), place.resolve("state"), new Stores(direct));
  }

  private static BigDecimal half() {
    return new BigDecimal("0.5");
  }

  private BigDecimal spent(Location place) throws IOException {
    try (ObjectStore store = open(place.resolve("state"))) {
      LedgerStore ledger = new LedgerStore(store, "clinic", Clock.systemUTC().instant(), "auditor");
      ledger.open(PrivacyBudgetDocument.read(new Source("budget.yaml", BUDGET.getBytes(UTF_8))));
      return ledger.ledger().spent();
    }
  }

  private BigDecimal published(Location place) throws IOException {
    try (ObjectStore store = open(place.resolve("state"))) {
      return BigDecimal.valueOf(store.list("ledger/clinic/results/").size());
    }
  }

  private Optional<ObjectStore.Stat> verdict(Location place) throws IOException {
    try (ObjectStore store = open(place.resolve("out"))) {
      return store.stat(OutputDirectory.MARKER);
    }
  }

  /// Every file that the manifest names is there with its digest, and so is the manifest that the
  /// verdict names.
  private void assertWhole(Location place) throws IOException {
    try (ObjectStore store = open(place.resolve("out"))) {
      byte[] manifest = store.read("manifest.json", 1 << 20).orElseThrow().bytes();
      byte[] verdict = store.read(OutputDirectory.MARKER, 1 << 20).orElseThrow().bytes();
      assertThat(JSON.readTree(verdict).get("manifest").asText())
          .isEqualTo(Digest.of(manifest).value());
      List<String> keys = new ArrayList<>(List.of("manifest.json", OutputDirectory.MARKER));
      for (JsonNode named : JSON.readTree(manifest).get("outputs")) {
        String key = named.get("location").asText();
        byte[] bytes = store.read(key, 1 << 24).orElseThrow().bytes();
        assertThat(Digest.of(bytes).value()).isEqualTo(named.get("digest").asText());
        keys.add(key);
      }
      assertThat(store.list("").stream().map(ObjectStore.Stat::key))
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }
}
