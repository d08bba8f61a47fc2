package org.primum.platform.served;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.gate.ConfigInvalidException;

/// Where a served model is.
///
/// @param protocol which of the two protocols its path names
/// @param model the address of the model itself, without a verb
record ServedAddress(Protocol protocol, String model) {

  enum Protocol {
    /// `POST /v1/models/NAME:predict` with `instances` (KServe v1, TensorFlow Serving).
    V1(":predict"),
    /// `POST /v2/models/NAME/infer` with tensors (Open Inference Protocol).
    V2("/infer");

    private final String verb;

    Protocol(String verb) {
      this.verb = verb;
    }
  }

  private static final Pattern PATH =
      Pattern.compile("(.*/(v1|v2)/models/[^/:]+(/versions/[^/:]+)?)(:predict|/infer)?/?");

  /// @throws ConfigInvalidException where the address is none of a model
  static ServedAddress of(URI address) {
    Matcher path = PATH.matcher(String.valueOf(address.getRawPath()));
    if (!path.matches() || address.getRawQuery() != null || address.getRawFragment() != null) {
      throw new ConfigInvalidException(
          "--model="
              + address
              + ": a served model is http://HOST/v1/models/NAME (KServe v1, TensorFlow Serving) or"
              + " http://HOST/v2/models/NAME (Open Inference Protocol)");
    }
    Protocol protocol = path.group(2).equals("v1") ? Protocol.V1 : Protocol.V2;
    String host = address.getScheme() + "://" + address.getRawAuthority();
    return new ServedAddress(protocol, host + path.group(1));
  }

  /// Where the model says what it is.
  URI metadata() {
    return URI.create(model);
  }

  /// Where it is asked.
  URI predict() {
    return URI.create(model + protocol.verb);
  }

  @Override
  public String toString() {
    return model;
  }
}
