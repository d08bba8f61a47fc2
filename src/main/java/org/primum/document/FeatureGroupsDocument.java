package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.primum.explain.value.FeatureGroups;
import org.primum.gate.ConfigInvalidException;

/// `kind: FeatureGroups`, YAML or JSON: which features are explained as one. Its form is
/// `schema/feature-groups.schema.json`.
public final class FeatureGroupsDocument {

  private static final String SCHEMA = "feature-groups";

  private FeatureGroupsDocument() {}

  /// @param features of the model, in its order
  /// @throws ConfigInvalidException naming the file and the key, group or feature
  public static FeatureGroups read(Source source, List<String> features) {
    JsonNode root = Documents.read(source, SCHEMA);
    Map<String, List<String>> members = new LinkedHashMap<>();
    root.required("groups")
        .properties()
        .forEach(group -> members.put(group.getKey(), texts(group.getValue())));
    try {
      FeatureGroups groups = FeatureGroups.of(features, members);
      return root.path("values").asText("sum").equals("together") ? groups.together() : groups;
    } catch (ConfigInvalidException e) {
      throw new ConfigInvalidException(source.name() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
