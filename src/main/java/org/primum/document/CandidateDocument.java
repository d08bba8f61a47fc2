package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.ModelDirectory;

/// `candidates/<hex>.json` of a registry: the files of a model, each a blob named by its digest.
/// The same model has the same bytes here, whoever promotes it and when.
public final class CandidateDocument {

  static final String SCHEMA = "primum.dev/candidate/v1alpha1";

  private CandidateDocument() {}

  public static byte[] write(ModelDirectory model) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("model", model.digest().value());
    ArrayNode files = root.putArray("files");
    for (ModelDirectory.Entry entry : model.entries()) {
      files
          .addObject()
          .put("name", entry.name())
          .put("bytes", entry.size())
          .put("digest", entry.digest().value());
    }
    return Documents.write(root);
  }

  /// @param expected the model the document has to describe
  /// @throws ProvenanceInvalidException where it does not
  public static ModelDirectory read(Source source, Digest expected) {
    ModelDirectory model;
    try {
      model = new ModelDirectory(entries(Documents.read(source, "candidate")));
    } catch (ConfigInvalidException e) {
      throw damaged(source, expected);
    }
    if (!model.digest().equals(expected)) {
      throw damaged(source, expected);
    }
    return model;
  }

  private static List<ModelDirectory.Entry> entries(JsonNode root) {
    List<ModelDirectory.Entry> entries = new ArrayList<>();
    for (JsonNode file : root.required("files")) {
      entries.add(
          new ModelDirectory.Entry(
              file.required("name").asText(),
              file.required("bytes").asLong(),
              new Digest(file.required("digest").asText())));
    }
    return entries;
  }

  private static ProvenanceInvalidException damaged(Source source, Digest expected) {
    return new ProvenanceInvalidException(
        source.name()
            + " does not describe model "
            + expected
            + ": it was changed after promotion; restore it from a copy of the registry");
  }
}
