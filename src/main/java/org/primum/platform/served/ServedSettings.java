package org.primum.platform.served;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;
import org.primum.store.Retries;

/// How a served model is asked, and who asks. The authorization is never written anywhere.
public final class ServedSettings {

  /// The whole value of the `Authorization` header, as `Bearer …`.
  static final String AUTHORIZATION = "PRIMUM_MODEL_AUTHORIZATION";

  /// A file that holds it.
  static final String AUTHORIZATION_FILE = "PRIMUM_MODEL_AUTHORIZATION_FILE";

  private static final String PATIENCE = "PRIMUM_MODEL_PATIENCE";
  private static final int MAX_FILE_BYTES = 64 << 10;

  private final Map<String, String> environment;
  private final int batch;
  private final boolean areProbabilities;
  private final Optional<String> output;
  private final boolean sendsMissing;

  /// @param environment the variables of docs/explanation-models.md; others are ignored
  /// @param batch the most rows of one request
  /// @param areProbabilities whether answers are probabilities, else any numbers
  /// @param output the answer that is meant where the model gives several
  /// @param sendsMissing whether a missing value is sent as `null`, else it is refused
  public ServedSettings(
      Map<String, String> environment,
      int batch,
      boolean areProbabilities,
      Optional<String> output,
      boolean sendsMissing) {
    this.environment = Map.copyOf(environment);
    this.batch = batch;
    this.areProbabilities = areProbabilities;
    this.output = output;
    this.sendsMissing = sendsMissing;
  }

  int batch() {
    return batch;
  }

  boolean areProbabilities() {
    return areProbabilities;
  }

  Optional<String> output() {
    return output;
  }

  public boolean sendsMissing() {
    return sendsMissing;
  }

  /// How long one answer may take.
  Duration timeout() {
    return Duration.ofSeconds(60);
  }

  /// @throws ConfigInvalidException where the variable is no duration, or out of bounds
  Retries retries() {
    return Retries.of(environment, PATIENCE);
  }

  /// @throws ConfigInvalidException where the file cannot be read
  Optional<String> authorization() {
    String given = environment.getOrDefault(AUTHORIZATION, "").strip();
    String file = environment.getOrDefault(AUTHORIZATION_FILE, "").strip();
    if (!given.isEmpty() || file.isEmpty()) {
      return Optional.of(given).filter(value -> !value.isEmpty());
    }
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw new ConfigInvalidException(AUTHORIZATION_FILE + ": the file is no header's value");
      }
      return Optional.of(Files.readString(path).strip()).filter(value -> !value.isEmpty());
    } catch (IOException e) {
      throw new ConfigInvalidException(
          AUTHORIZATION_FILE + " names a file that cannot be read: " + file, e);
    }
  }
}
