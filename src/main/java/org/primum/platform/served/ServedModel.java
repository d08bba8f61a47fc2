package org.primum.platform.served;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.AnsweringModel;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;

/// A model behind an address.
///
/// Nobody has its bytes. What stands for their digest is that of the address, the version that the
/// server tells, and the answers to [#probes]: another model answers otherwise, but one that
/// differs only where no probe looks has the same digest.
public final class ServedModel implements AnsweringModel {

  private static final int PROBES = 16;

  private final ServedAddress address;
  private final ServedClient client;
  private final ServedProtocol protocol;
  private final ServedSettings settings;
  private final List<Feature> features;
  private final Optional<String> version;
  private final int outputs;
  private final Digest digest;

  private ServedModel(
      ServedAddress address,
      ServedClient client,
      ServedProtocol protocol,
      ServedSettings settings,
      List<Feature> features)
      throws IOException {
    this.address = address;
    this.client = client;
    this.protocol = protocol;
    this.settings = settings;
    this.features = features;
    JsonNode answer = answer(probes(), 0, PROBES);
    double[] answers = numbers(answer, PROBES);
    this.version = protocol.version().or(() -> told(answer));
    this.outputs = answers.length / PROBES;
    this.digest = digest(answers);
  }

  /// Asks the server what it serves, and for the answers to the probes.
  ///
  /// @param names of the features, in the order in which the model takes them
  /// @throws ModelInvalidException where what it answers does not fit
  public static ServedModel open(URI address, List<String> names, ServedSettings settings)
      throws IOException {
    ServedAddress at = ServedAddress.of(address);
    ServedClient client = new ServedClient(at.toString(), settings);
    List<Feature> features = names.stream().map(Feature::numeric).toList();
    ServedProtocol protocol =
        switch (at.protocol()) {
          case V1 -> InstancesProtocol.of(client, at, settings.output());
          case V2 -> TensorProtocol.of(client, at, features, settings.output());
        };
    return new ServedModel(at, client, protocol, settings, features);
  }

  /// The version that an answer tells, where the model's own page does not.
  private static Optional<String> told(JsonNode answer) {
    return Optional.of(answer.path("model_version"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }

  /// The address, without a verb.
  public String url() {
    return address.toString();
  }

  /// What the server says its version is; empty where it does not.
  public Optional<String> version() {
    return version;
  }

  /// Of address, version and answers to probes; not of the model's bytes.
  public Digest digest() {
    return digest;
  }

  /// How many rows were asked to tell the model from another.
  public int probeRows() {
    return PROBES;
  }

  /// Numbers nobody's: 0, then 1, then eighths from -4 to 4, which float32 holds.
  private FeatureMatrix probes() {
    double[] values = new double[PROBES * features.size()];
    long state = 1;
    for (int i = 0; i < values.length; i++) {
      int row = i / features.size();
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = row < 2 ? row : ((state >>> 33) % 65 - 32) / 8.0;
    }
    return new FeatureMatrix(values, PROBES, features.size());
  }

  private Digest digest(double[] answers) {
    StringBuilder text = new StringBuilder("primum served model v1\n");
    text.append(url()).append('\n').append(version().orElse("")).append('\n');
    text.append(settings.output().orElse("")).append('\n');
    features.forEach(feature -> text.append(feature.name()).append('\n'));
    for (double answer : answers) {
      text.append(answer).append('\n');
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void requireUnchanged() {
    try {
      if (!digest.equals(digest(ask(probes(), 0, PROBES)))) {
        throw new ProvenanceInvalidException(
            url()
                + " answers otherwise than when it was first asked: the model was replaced"
                + " meanwhile; name its version in the address (…/versions/N) and run again");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Feature> features() {
    return features;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public boolean areProbabilities() {
    return settings.areProbabilities();
  }

  /// @throws UncheckedIOException where the server stayed busy or away
  @Override
  public double[] answers(FeatureMatrix rows) {
    double[] answers = new double[Math.multiplyExact(rows.rows(), outputs)];
    try {
      for (int from = 0; from < rows.rows(); from += settings.batch()) {
        int to = Math.min(rows.rows(), from + settings.batch());
        double[] some = ask(rows, from, to);
        if (some.length != (to - from) * outputs) {
          throw client.refused("answers with another number of values a row than before");
        }
        System.arraycopy(some, 0, answers, from * outputs, some.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers;
  }

  private double[] ask(FeatureMatrix rows, int from, int to) throws IOException {
    return numbers(answer(rows, from, to), to - from);
  }

  private JsonNode answer(FeatureMatrix rows, int from, int to) throws IOException {
    requireKnown(rows, from, to);
    return client.ask(address.predict(), protocol.question(rows, from, to));
  }

  private double[] numbers(JsonNode answer, int rows) {
    double[] found = protocol.read(answer, rows);
    for (double one : found) {
      if (areProbabilities() && !(one >= 0 && one <= 1)) {
        throw client.refused(
            "answers with numbers outside [0, 1]; where they are no probabilities, say"
                + " --served-answer=number");
      }
    }
    return found;
  }

  private void requireKnown(FeatureMatrix rows, int from, int to) {
    for (int row = from; row < to && !settings.sendsMissing(); row++) {
      for (int column = 0; column < rows.columns(); column++) {
        if (Double.isNaN(rows.value(row, column))) {
          throw new DataInvalidException(
              "column '"
                  + features.get(column).name()
                  + "' has missing values, and a served model is asked for numbers; where it takes"
                  + " null for them, say --served-missing=null");
        }
      }
    }
  }
}
