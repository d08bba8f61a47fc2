package org.primum.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.primum.gate.ConfigInvalidException;

/// On which line of a policy each rule stands, for tools that point there: `id` for a rule with an
/// id, `step` for what is required of a step, `step:metric` for a rule of it.
public final class RuleLines {

  private RuleLines() {}

  /// @return lines by rule, the first line being 1
  /// @throws ConfigInvalidException where the document cannot be read
  public static Map<String, Integer> of(Source policy) {
    Map<String, Integer> lines = new TreeMap<>();
    try (JsonParser parser = Documents.parser(policy)) {
      String step = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          String key = String.valueOf(parser.currentName());
          step = key.equals("step") ? parser.getText() : step;
          note(key, step, parser, lines);
        }
      }
    } catch (IOException e) {
      throw new ConfigInvalidException(policy.name() + ": not readable", e);
    }
    return lines;
  }

  private static void note(String key, String step, JsonParser parser, Map<String, Integer> lines)
      throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    switch (key) {
      case "id", "step" -> lines.putIfAbsent(parser.getText(), line);
      case "metric" -> lines.putIfAbsent(step + ":" + parser.getText(), line);
      default -> {}
    }
  }
}
