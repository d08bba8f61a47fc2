package org.primum.step;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.primum.document.Manifest;
import org.primum.document.RuleLines;
import org.primum.document.Source;
import org.primum.report.SarifLog;
import org.primum.store.Location;

/// Where the policy of a run stands, as tools that know a repository find it: relative to the
/// directory the step runs in, which in a CI job is the checkout.
final class PolicyPlace {

  private PolicyPlace() {}

  /// The place of the input whose role is `policy`.
  static SarifLog.Policy of(List<Manifest.Artifact> inputs) throws IOException {
    Location policy =
        inputs.stream()
            .filter(input -> input.name().equals("policy"))
            .findFirst()
            .map(input -> Location.parse(input.location()))
            .orElseThrow(() -> new IllegalStateException("a step with CI files reads a policy"));
    return policy.isLocal()
        ? new SarifLog.Policy(
            uri(policy.path()), RuleLines.of(Source.of(policy.path(), policy.toString())))
        : new SarifLog.Policy(escaped(policy.toString()), Map.of());
  }

  private static String uri(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here)
        ? escaped(here.relativize(absolute).toString().replace('\\', '/'))
        : absolute.toUri().toString();
  }

  /// Percent-encoded where a URI asks for it.
  private static String escaped(String text) {
    try {
      return new URI(null, null, text, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is part of some URI: " + text, e);
    }
  }
}
