package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// Why a pointer moved, kept in the registry for whoever asks years later: the rules as they came
/// out, and the digests of policy and evidence, whose bytes the registry keeps too.
public final class DecisionDocument {

  static final String SCHEMA = "primum.dev/decision/v1alpha1";

  /// The files of one evidence directory.
  ///
  /// @param files digests by name
  public record Exhibit(String step, SortedMap<String, Digest> files) {
    public Exhibit {
      files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  private DecisionDocument() {}

  /// @param verdict of `promote` or `rollback`; its subject names the model that becomes current
  /// @param name the registry's name of the model
  /// @param reason why, in the words of who asked; empty where the evidence is the reason
  public static byte[] write(
      Verdict verdict, String name, String reason, List<Exhibit> exhibits, Instant time) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("action", verdict.step());
    root.put("name", name);
    put(root, "model", verdict.subject().find(Subject.MODEL));
    put(root, "policy", verdict.subject().find(Subject.POLICY));
    root.put("version", verdict.stepVersion());
    root.put("time", time.toString());
    root.put("reason", reason);
    root.put("status", verdict.status().name());
    ArrayNode evidence = root.putArray("evidence");
    for (Exhibit exhibit : exhibits) {
      ObjectNode node = evidence.addObject().put("step", exhibit.step());
      ObjectNode files = node.putObject("files");
      exhibit.files().forEach((file, digest) -> files.put(file, digest.value()));
    }
    ArrayNode rules = root.putArray("rules");
    verdict.findings().forEach(finding -> write(rules.addObject(), finding));
    return Documents.write(root);
  }

  private static void write(ObjectNode node, Finding finding) {
    node.put("id", finding.rule());
    node.put("group", finding.measurement().group());
    node.put("status", finding.status().name());
    node.put("reason", finding.reason());
  }

  private static void put(ObjectNode root, String key, Optional<Digest> digest) {
    if (digest.isPresent()) {
      root.put(key, digest.get().value());
    } else {
      root.putNull(key);
    }
  }
}
