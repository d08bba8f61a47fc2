package org.primum.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.primum.data.NumberColumn;
import org.primum.fairness.proposal.PolicyDraft;
import org.primum.fairness.proposal.PolicyDraft.Entry;
import org.primum.fairness.proposal.PolicyDraft.Value;

/// A [PolicyDraft] as YAML with comments, which [FairnessPolicyDocument] reads.
public final class PolicyDraftDocument {

  /// What YAML takes for text without quotes, in a list too.
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.+-]*( [A-Za-z0-9_.+-]+)*");

  /// What some reader of YAML takes for something else.
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf");

  private PolicyDraftDocument() {}

  public static String write(PolicyDraft draft) {
    StringBuilder yaml = new StringBuilder();
    comment(yaml, "", draft.header());
    yaml.append("apiVersion: primum.dev/v1alpha1\nkind: FairnessPolicy\n");
    yaml.append("metadata: {name: ").append(text(draft.name())).append(", revision: 1}\ndata:\n");
    for (Entry entry : draft.data()) {
      comment(yaml, "  ", entry.words());
      yaml.append("  ").append(entry.key()).append(": ").append(mapping(entry)).append('\n');
    }
    list(yaml, "attributes", draft.attributes());
    for (Entry entry : draft.more()) {
      comment(yaml, "", entry.words());
      yaml.append(entry.key()).append(": ").append(mapping(entry)).append('\n');
    }
    list(yaml, "rules", draft.rules());
    comment(yaml, "", draft.footer());
    return yaml.toString();
  }

  private static void list(StringBuilder yaml, String key, List<Entry> entries) {
    yaml.append(key).append(":\n");
    for (Entry entry : entries) {
      comment(yaml, "  ", entry.words());
      yaml.append("  - ").append(mapping(entry)).append('\n');
    }
  }

  /// A line end in a word must not end the comment.
  private static void comment(StringBuilder yaml, String margin, List<String> lines) {
    for (String line : lines) {
      String visible = line.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "�");
      yaml.append(margin).append("# ").append(visible).append('\n');
    }
  }

  private static String mapping(Entry entry) {
    return entry.settings().entrySet().stream()
        .map(PolicyDraftDocument::setting)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String setting(Map.Entry<String, Value> setting) {
    return setting.getKey() + ": " + value(setting.getValue());
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text(text);
      case Value.Decimal(double number) -> NumberColumn.format(number);
      case Value.Texts(List<String> texts) ->
          texts.stream().map(PolicyDraftDocument::text).collect(Collectors.joining(", ", "[", "]"));
      case Value.Numbers(List<Double> numbers) ->
          numbers.stream().map(NumberColumn::format).collect(Collectors.joining(", ", "[", "]"));
    };
  }

  /// Plain where nobody can misread it, else in the quotes of JSON, which YAML reads.
  private static String text(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    return plain
        ? text
        : "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
