package org.primum.platform.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.DataInvalidException;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.FeatureMatrix;
import org.primum.model.ModelInvalidException;
import org.primum.platform.served.ModelServer.Handler;
import org.primum.platform.served.ModelServer.Reply;
import org.primum.store.TransientStoreException;

/// Models behind a real HTTP server on this machine: a row (x, y) is answered with x / 100, unless
/// a test says otherwise.
final class ServedModelTest {

  private static final String V1 = "/v1/models/risk";
  private static final String V2 = "/v2/models/risk";
  private static final Map<String, String> HASTY = Map.of("PRIMUM_MODEL_PATIENCE", "PT0.3S");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {V1, V2, V1 + ":predict", V2 + "/infer", V2 + "/versions/7"})
  void bothProtocolsAnswerRowsInPieces(String path) throws Exception {
    try (var server = new ModelServer(rows(0.5))) {
      ServedModel model = open(server, path);
      double[] answers = model.answers(numbers(2500));

      assertThat(model.outputs()).isEqualTo(1);
      assertThat(answers).hasSize(2500).containsOnly(0.5);
      long questions = server.requests().stream().filter(r -> r.method().equals("POST")).count();
      assertThat(questions).as("the probes, and 1000 + 1000 + 500 rows").isEqualTo(4);
      assertThat(model.url()).endsWith(path.replaceAll(":predict|/infer", ""));
    }
  }

  /// The bodies of the specifications: TensorFlow Serving's "row format", and the tensors of the
  /// Open Inference Protocol.
  @Test
  void asksInTheWordsOfTheProtocols() throws Exception {
    try (var server = new ModelServer(rows(0.5))) {
      open(server, V1).answers(new FeatureMatrix(new double[] {1.5, -2, 0.1, 4}, 2, 2));
      open(server, V2).answers(new FeatureMatrix(new double[] {1.5, -2, 0.1, 4}, 2, 2));
      List<ModelServer.Request> asked = server.requests();

      assertThat(asked.get(2).body()).isEqualTo("{\"instances\":[[1.5,-2.0],[0.1,4.0]]}");
      assertThat(asked.get(2).path()).isEqualTo("/v1/models/risk:predict");
      assertThat(asked.get(5).body())
          .isEqualTo(
              "{\"inputs\":[{\"name\":\"input-0\",\"datatype\":\"FP64\",\"shape\":[2,2],"
                  + "\"data\":[1.5,-2.0,0.1,4.0]}]}");
      assertThat(asked.get(5).path()).isEqualTo("/v2/models/risk/infer");
    }
  }

  @Test
  void namesTheTensorsAsTheModelDoes() throws Exception {
    String said =
        "{\"name\":\"risk\",\"versions\":[\"9\"],\"inputs\":["
            + "{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[-1,1]},"
            + "{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[-1]}]}";
    try (var server = new ModelServer(said(said, rows(0.5)))) {
      ServedModel model = open(server, V2);
      model.answers(new FeatureMatrix(new double[] {0.1, 0.1}, 1, 2));

      assertThat(model.version()).contains("9");
      assertThat(server.requests().getLast().body())
          .isEqualTo(
              "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[0.1]},"
                  + "{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[0.1]}]}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"inputs\":[{\"name\":\"i\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]}|takes 3 features",
        "{\"inputs\":[{\"name\":\"i\",\"datatype\":\"INT64\",\"shape\":[-1,2]}]}|neither FP32",
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1]},"
            + "{\"name\":\"z\",\"datatype\":\"FP32\",\"shape\":[-1]}]}|none is named 'y'"
      })
  void refusesModelsThatTakeSomethingElse(String said, String sentence) throws Exception {
    try (var server = new ModelServer(said(said, rows(0.5)))) {
      refuse(server, V2, sentence);
    }
  }

  @Test
  void takesTheVersionThatIsAvailable() throws Exception {
    String said =
        "{\"model_version_status\":[{\"version\":\"1\",\"state\":\"END\"},"
            + "{\"version\":\"2\",\"state\":\"AVAILABLE\"}]}";
    try (var server = new ModelServer(said(said, rows(0.5)))) {
      assertThat(open(server, V1).version()).contains("2");
    }
  }

  /// KServe 0.21 answers so.
  @Test
  void aModelWithoutAVersionHasNone() throws Exception {
    String said = "{\"name\":\"risk\",\"versions\":null,\"inputs\":[],\"outputs\":[]}";
    Handler none =
        request ->
            Reply.of(
                200,
                rows(0.5).answer(request).body().replaceFirst("^\\{", "{\"model_version\":null,"));
    try (var server = new ModelServer(said(said, none))) {
      assertThat(open(server, V2).version()).isEmpty();
    }
  }

  @Test
  void anAnswerMayTellTheVersion() throws Exception {
    Handler told =
        request ->
            request.method().equals("GET")
                ? Reply.of(404, "")
                : Reply.of(
                    200,
                    rows(0.5)
                        .answer(request)
                        .body()
                        .replaceFirst("^\\{", "{\"model_version\":\"v3\","));
    try (var server = new ModelServer(told)) {
      assertThat(open(server, V2).version()).contains("v3");
    }
  }

  @Test
  void severalNumbersARowAreClasses() throws Exception {
    Handler classes =
        request ->
            request.method().equals("GET")
                ? Reply.of(404, "")
                : Reply.of(
                    200, "{\"predictions\":" + repeated(count(request), "[0.25,0.75]") + "}");
    try (var server = new ModelServer(classes)) {
      ServedModel model = open(server, V1);
      assertThat(model.outputs()).isEqualTo(2);
      assertThat(model.answers(numbers(3))).containsExactly(.25, .75, .25, .75, .25, .75);
    }
  }

  @Test
  void ofSeveralOutputsOneIsChosen() throws Exception {
    Handler two =
        request ->
            request.method().equals("GET")
                ? Reply.of(404, "")
                : Reply.of(
                    200,
                    "{\"predictions\":"
                        + repeated(count(request), "{\"label\":1,\"p\":0.3}")
                        + "}");
    try (var server = new ModelServer(two)) {
      refuse(server, V1, "answers several things (label, p); choose one with --served-output");
      var settings = new ServedSettings(Map.of(), 10, true, Optional.of("p"), false);
      ServedModel model = ServedModel.open(URI.create(server.url(V1)), List.of("x", "y"), settings);
      assertThat(model.answers(numbers(1))).containsExactly(0.3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"predictions\":[0.1]}|one entry of 'predictions'",
        "{\"answers\":[]}|one entry of 'predictions'",
        "[]|one entry of 'predictions'",
        "not json|no JSON",
        "{\"predictions\":[NaN]}|no JSON",
        "{} {}|no JSON",
        "''|one entry of 'predictions'"
      })
  void refusesAnswersThatDoNotFit(String body, String sentence) throws Exception {
    Handler odd = request -> Reply.of(request.method().equals("GET") ? 404 : 200, body);
    try (var server = new ModelServer(odd)) {
      refuse(server, V1, sentence);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0.5\"", "null", "1e999", "[]", "[[0.5]]", "true"})
  void refusesWhatIsNoFiniteNumber(String one) throws Exception {
    Handler odd =
        request ->
            request.method().equals("GET")
                ? Reply.of(404, "")
                : Reply.of(200, "{\"predictions\":" + repeated(count(request), one) + "}");
    try (var server = new ModelServer(odd)) {
      refuse(server, V1, one.equals("[]") ? "numbers of values" : "no finite number");
    }
  }

  @Test
  void refusesProbabilitiesThatAreNone() throws Exception {
    try (var server = new ModelServer(rows(1.5))) {
      refuse(server, V1, "--served-answer=number");
      var numbers = new ServedSettings(Map.of(), 10, false, Optional.empty(), false);
      ServedModel model = ServedModel.open(URI.create(server.url(V1)), List.of("x"), numbers);
      assertThat(model.answers(new FeatureMatrix(new double[] {3}, 1, 1))).containsExactly(1.5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404,there is no such model",
    "413,lower --served-batch",
    "400,its log says why",
    "500,its log says why",
    "301,a redirect",
    "307,a redirect"
  })
  void saysWhatAStatusMeansAndNeverWhatTheServerSaid(int status, String sentence) throws Exception {
    Handler refusing =
        request ->
            new Reply(
                status,
                "row 4711 is odd",
                status / 100 == 3 ? Map.of("Location", "http://example.org/") : Map.of());
    Handler posts =
        request -> request.method().equals("GET") ? Reply.of(404, "") : refusing.answer(request);
    try (var server = new ModelServer(posts)) {
      refuse(server, V1, sentence);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void asksForAnAuthorization(int status) throws Exception {
    try (var server = new ModelServer(_ -> Reply.of(status, ""))) {
      assertThatThrownBy(() -> open(server, V1))
          .isInstanceOf(ConfigInvalidException.class)
          .hasMessageContaining("PRIMUM_MODEL_AUTHORIZATION");
    }
  }

  @Test
  void sendsTheAuthorizationOfVariableOrFile() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "Bearer from-file\n");
    try (var server = new ModelServer(rows(0.5))) {
      open(server, V1, Map.of("PRIMUM_MODEL_AUTHORIZATION", "Bearer secret"));
      assertThat(server.requests()).allMatch(r -> r.authorization().equals("Bearer secret"));
      open(server, V1, Map.of("PRIMUM_MODEL_AUTHORIZATION_FILE", file.toString()));
      assertThat(server.requests().getLast().authorization()).isEqualTo("Bearer from-file");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void triesAgainWhereTheServerIsBusy(int status) throws Exception {
    var times = new AtomicInteger();
    Handler busy =
        request ->
            request.method().equals("POST") && times.getAndIncrement() < 2
                ? Reply.of(status, "")
                : rows(0.5).answer(request);
    try (var server = new ModelServer(busy)) {
      assertThat(open(server, V1, Map.of()).answers(numbers(1))).containsExactly(0.5);
      assertThat(times).hasValue(4);
    }
  }

  @Test
  void givesUpWhereItStaysBusyOrAway() throws Exception {
    String gone;
    try (var server = new ModelServer(_ -> Reply.of(503, ""))) {
      assertThatThrownBy(() -> open(server, V1, HASTY))
          .isInstanceOf(TransientStoreException.class)
          .hasMessageContaining("503");
      gone = server.url(V1);
    }
    assertThatThrownBy(() -> ServedModel.open(URI.create(gone), List.of("x"), settings(HASTY)))
        .isInstanceOf(TransientStoreException.class);
  }

  @Test
  void aFaultWhileExplainingIsTransientToo() throws Exception {
    var times = new AtomicInteger();
    Handler dying =
        request -> times.getAndIncrement() < 2 ? rows(0.5).answer(request) : Reply.of(503, "");
    try (var server = new ModelServer(dying)) {
      ServedModel model = open(server, V1, Map.of("PRIMUM_MODEL_PATIENCE", "PT3S"));
      assertThatThrownBy(() -> model.answers(numbers(1)))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(TransientStoreException.class);
    }
  }

  @Test
  void readsNoEndlessAnswer() throws Exception {
    String endless = " ".repeat(65 << 20);
    Handler flooding =
        request -> request.method().equals("GET") ? Reply.of(404, "") : Reply.of(200, endless);
    try (var server = new ModelServer(flooding)) {
      refuse(server, V1, "more than 67108864 bytes");
    }
  }

  @Test
  void missingValuesAreRefusedOrSentAsNull() throws Exception {
    var missing = new FeatureMatrix(new double[] {1, Double.NaN}, 1, 2);
    try (var server = new ModelServer(rows(0.5))) {
      ServedModel refusing = open(server, V1);
      assertThatThrownBy(() -> refusing.answers(missing))
          .isInstanceOf(DataInvalidException.class)
          .hasMessageContaining("column 'y'")
          .hasMessageContaining("--served-missing=null");
      var settings = new ServedSettings(Map.of(), 10, true, Optional.empty(), true);
      ServedModel.open(URI.create(server.url(V1)), List.of("x", "y"), settings).answers(missing);
      assertThat(server.requests().getLast().body()).isEqualTo("{\"instances\":[[1.0,null]]}");
    }
  }

  @Test
  void theDigestIsThatOfAddressVersionAndAnswers() throws Exception {
    try (var one = new ModelServer(rows(0.5));
        var other = new ModelServer(rows(0.25))) {
      assertThat(open(one, V1).digest()).isEqualTo(open(one, V1).digest());
      assertThat(open(one, V1).digest()).isNotEqualTo(open(one, V2).digest());
      assertThat(open(other, V1).digest()).isNotEqualTo(open(one, V1).digest());
    }
  }

  @Test
  void noticesThatTheModelWasReplaced() throws Exception {
    var answer = new double[] {0.5};
    try (var server = new ModelServer(request -> rows(answer[0]).answer(request))) {
      ServedModel model = open(server, V1);
      model.requireUnchanged();
      answer[0] = 0.6;
      assertThatThrownBy(model::requireUnchanged)
          .isInstanceOf(ProvenanceInvalidException.class)
          .hasMessageContaining("was replaced");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host/",
        "http://host/v3/models/m",
        "http://host/v1/models/",
        "http://host/v1/models/m?x=1",
        "http://host/v2/models/m/explain"
      })
  void namesTheFormOfAnAddress(String url) {
    assertThatThrownBy(() -> ServedAddress.of(URI.create(url)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("http://HOST/v2/models/NAME");
  }

  /// Whatever a server answers, it is numbers or a sentence.
  @Property(tries = 200, seed = "20261122")
  void anyAnswerIsReadOrRefused(@ForAll byte[] noise) throws IOException {
    var text = new String(noise, java.nio.charset.StandardCharsets.UTF_8);
    Handler noisy = _ -> Reply.of(200, text);
    try (var server = new ModelServer(noisy)) {
      assertThatThrownBy(() -> open(server, V1)).isInstanceOf(ModelInvalidException.class);
      assertThatThrownBy(() -> open(server, V2)).isInstanceOf(ModelInvalidException.class);
    }
  }

  private static void refuse(ModelServer server, String path, String sentence) {
    assertThatThrownBy(() -> open(server, path))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("4711");
  }

  private static Handler said(String metadata, Handler rest) {
    return request ->
        request.method().equals("GET") ? Reply.of(200, metadata) : rest.answer(request);
  }

  /// Every row has the same answer, in the protocol's words.
  private static Handler rows(double answer) {
    return request -> {
      if (request.method().equals("GET")) {
        return Reply.of(404, "");
      }
      int count = count(request);
      String all = repeated(count, Double.toString(answer));
      return Reply.of(
          200,
          request.path().endsWith(":predict")
              ? "{\"predictions\":" + all + "}"
              : "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP64\",\"shape\":["
                  + count
                  + ",1],\"data\":"
                  + all
                  + "}]}");
    };
  }

  private static String repeated(int count, String one) {
    return "[" + String.join(",", java.util.Collections.nCopies(count, one)) + "]";
  }

  private static int count(ModelServer.Request request) throws IOException {
    var body = new com.fasterxml.jackson.databind.ObjectMapper().readTree(request.body());
    return body.has("instances")
        ? body.path("instances").size()
        : body.path("inputs").path(0).path("shape").path(0).intValue();
  }

  private static FeatureMatrix numbers(int rows) {
    return new FeatureMatrix(new double[2 * rows], rows, 2);
  }

  private static ServedSettings settings(Map<String, String> environment) {
    return new ServedSettings(environment, 1000, true, Optional.empty(), false);
  }

  private static ServedModel open(ModelServer server, String path) throws IOException {
    return open(server, path, Map.of());
  }

  private static ServedModel open(ModelServer server, String path, Map<String, String> environment)
      throws IOException {
    return ServedModel.open(URI.create(server.url(path)), List.of("x", "y"), settings(environment));
  }
}
