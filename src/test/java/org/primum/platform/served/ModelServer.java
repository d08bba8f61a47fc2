package org.primum.platform.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.primum.model.FeatureMatrix;
import org.primum.model.Scorer;

/// A server on this machine that answers as a handler says, and remembers what it was asked.
public final class ModelServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What it was asked.
  ///
  /// @param authorization the header's value, or nothing
  public record Request(String method, String path, String authorization, String body) {}

  /// What it answers.
  public record Reply(int status, String body, Map<String, String> headers) {

    public static Reply of(int status, String body) {
      return new Reply(status, body, Map.of());
    }
  }

  /// How it answers.
  @FunctionalInterface
  public interface Handler {
    Reply answer(Request request) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public ModelServer(Handler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
  }

  private void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      var request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              authorization == null ? "" : authorization,
              body);
      requests.add(request);
      Reply reply = handler.answer(request);
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /// A model behind both protocols, as KServe and MLServer answer: one probability a row.
  public static Handler serving(Scorer model) {
    return request -> {
      if (request.method().equals("GET")) {
        return Reply.of(200, "{\"name\":\"risk\",\"versions\":[\"7\"],\"inputs\":[]}");
      }
      return request.path().endsWith(":predict")
          ? Reply.of(200, "{\"predictions\":" + instances(model, request.body()) + "}")
          : tensor(model, request.body());
    };
  }

  private static String instances(Scorer model, String body) throws IOException {
    JsonNode rows = JSON.readTree(body).path("instances");
    var values = new ArrayList<Double>();
    rows.forEach(row -> row.forEach(value -> values.add(number(value))));
    return JSON.writeValueAsString(score(model, values, rows.size()));
  }

  private static Reply tensor(Scorer model, String body) throws IOException {
    JsonNode input = JSON.readTree(body).path("inputs").path(0);
    int rows = input.path("shape").path(0).intValue();
    var values = new ArrayList<Double>();
    input.path("data").forEach(value -> values.add(number(value)));
    String data = JSON.writeValueAsString(score(model, values, rows));
    return Reply.of(
        200,
        "{\"model_name\":\"risk\",\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP64\",\"shape\":["
            + rows
            + "],\"data\":"
            + data
            + "}]}");
  }

  private static double number(JsonNode value) {
    return value.isNull() ? Double.NaN : value.doubleValue();
  }

  private static double[] score(Scorer model, List<Double> values, int rows) {
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return model.score(new FeatureMatrix(numbers, rows, numbers.length / rows));
  }
}
