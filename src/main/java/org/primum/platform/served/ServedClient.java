package org.primum.platform.served;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.primum.gate.ConfigInvalidException;
import org.primum.model.ModelInvalidException;
import org.primum.store.Retries;
import org.primum.store.TransientStoreException;

/// Asks a server and reads its JSON: tries again where it is busy or away, follows no redirect,
/// reads no endless answer. Messages name the status of an answer and never its text, which may
/// repeat what was asked.
final class ServedClient {

  /// Far above the numbers of one request's rows.
  private static final int MAX_BYTES = 64 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final String name;
  private final Optional<String> authorization;
  private final Retries retries;
  private final Duration timeout;

  /// @param name how messages call the model
  ServedClient(String name, ServedSettings settings) {
    this.name = name;
    this.authorization = settings.authorization();
    this.retries = settings.retries();
    this.timeout = settings.timeout();
  }

  /// What an address says of itself; empty where it says nothing (404, 405, 501).
  Optional<JsonNode> find(URI address) throws IOException {
    Answer answer = send(HttpRequest.newBuilder(address).GET());
    return switch (answer.status) {
      case 404, 405, 501 -> Optional.empty();
      default -> Optional.of(json(answer));
    };
  }

  /// The answer to a question.
  JsonNode ask(URI address, byte[] question) throws IOException {
    return json(
        send(
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(question))));
  }

  private static final class Answer {
    private final int status;
    private final Optional<byte[]> body;

    Answer(int status, Optional<byte[]> body) {
      this.status = status;
      this.body = body;
    }
  }

  /// A server that is busy, or behind a proxy that does not reach it.
  private static final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException(int status) {
      super("the server answered " + status);
    }
  }

  /// @throws TransientStoreException where the server stayed busy or away
  private Answer send(HttpRequest.Builder request) throws IOException {
    request.header("Accept", "application/json").timeout(timeout);
    authorization.ifPresent(value -> authorize(request, value));
    HttpRequest built = request.build();
    return retries.call(name, left -> once(built, left));
  }

  private static void authorize(HttpRequest.Builder request, String value) {
    try {
      request.header("Authorization", value);
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException(
          ServedSettings.AUTHORIZATION + " holds what no header may hold, such as a line break");
    }
  }

  private Answer once(HttpRequest request, Duration left) throws IOException {
    CompletableFuture<HttpResponse<Optional<byte[]>>> sent =
        client.sendAsync(request, _ -> new BoundedBody(MAX_BYTES));
    long wait = Math.max(1, Math.min(left.toMillis(), timeout.toMillis()));
    try {
      HttpResponse<Optional<byte[]>> response = sent.get(wait, TimeUnit.MILLISECONDS);
      if (isBusy(response.statusCode())) {
        throw new BusyException(response.statusCode());
      }
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new HttpTimeoutException("no answer within " + wait + " ms");
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name + " was stopped");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  private static boolean isBusy(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  private JsonNode json(Answer answer) throws IOException {
    requireSuccess(answer.status);
    byte[] body =
        answer.body.orElseThrow(() ->
            refused(
                "answers with more than " + MAX_BYTES + " bytes; is this the model's address?"));
    try {
      return JSON.readTree(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw refused("answers with something that is no JSON; is this the model's address?");
    }
  }

  private void requireSuccess(int status) {
    if (status == 401 || status == 403) {
      throw new ConfigInvalidException(
          name
              + " answers "
              + status
              + ": it wants an authorization; set "
              + ServedSettings.AUTHORIZATION
              + " to the header's value, or "
              + ServedSettings.AUTHORIZATION_FILE
              + " to a file that holds it");
    }
    if (status / 100 == 2) {
      return;
    }
    throw refused(
        switch (status) {
          case 404 -> "answers 404: there is no such model; check its name and version";
          case 413 -> "answers 413: too many rows at once; lower --served-batch";
          default ->
              status / 100 == 3
                  ? "answers with a redirect, which is not followed; give the address itself"
                  : "answers "
                      + status
                      + " to a request; its log says why: do the features, their order and their"
                      + " type fit the model?";
        });
  }

  /// What does not fit.
  ModelInvalidException refused(String what) {
    return new ModelInvalidException(name + " " + what);
  }
}
