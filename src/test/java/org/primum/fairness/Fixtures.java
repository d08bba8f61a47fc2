package org.primum.fairness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.primum.data.Table;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Defaults;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Grouping;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyCount;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;
import org.primum.table.TableFiles;

/// The recorded runs of other tools in testdata/fairness, and policies for the cohort they ran on.
public final class Fixtures {

  public static final Path COHORT = Path.of("testdata/fairness/cohort.csv");

  private static final AuditData.YesNo LABEL = AuditData.YesNo.withUsualNegative("label", "1");

  private Fixtures() {}

  private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

  /// A recorded run; the same tree each time, which remembers what of it was looked at.
  public static JsonNode json(String name) {
    return READ.computeIfAbsent(name, Fixtures::read);
  }

  private static JsonNode read(String name) {
    try {
      return new ObjectMapper()
          .setNodeFactory(new RecordingNodes())
          .readTree(Files.readAllBytes(Path.of("testdata/fairness/" + name + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A recorded number; a tool's own NaN and infinities are texts there.
  public static double number(JsonNode recorded) {
    return recorded.isTextual() ? Double.parseDouble(recorded.asText()) : recorded.doubleValue();
  }

  /// The cohort with one prediction taken out.
  ///
  /// @param row counted from 0
  public static Table cohortWithoutPrediction(int row) {
    try {
      List<String> lines = Files.readAllLines(COHORT);
      String[] rows = lines.subList(1, lines.size()).toArray(String[]::new);
      int at = List.of(lines.getFirst().split(",", -1)).indexOf("prediction");
      String[] cells = rows[row].split(",", -1);
      cells[at] = "";
      rows[row] = String.join(",", cells);
      return Rows.of(lines.getFirst(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Table cohort() {
    try {
      return TableFiles.open(COHORT, "cohort.csv");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Race and sex of the cohort, White and M the references, everything shown, nothing too small.
  public static FairnessPolicy cohortPolicy(boolean weighted, Rule... rules) {
    return new FairnessPolicy(
        "cohort",
        1,
        new AuditData(
            LABEL,
            new AuditData.Decision.ByColumnWithScore(
                AuditData.YesNo.withUsualNegative("prediction", "1"), "score"),
            weighted ? new AuditData.Weight.Column("weight") : new AuditData.Weight.Equal()),
        List.of(attribute("race", "White"), attribute("sex", "M")),
        List.of(
            new FairnessPolicy.Intersection(
                List.of("race", "sex"), FairnessPolicy.Intersection.USUAL_MAX_GROUPS)),
        Statistics.USUAL,
        new Minimum(0, 0, 0),
        0,
        Defaults.USUAL,
        List.of(rules),
        List.of());
  }

  public static Attribute attribute(String name, String reference) {
    return new Attribute(
        name,
        name,
        new Grouping.AsFound(),
        new Attribute.Reference.Named(reference),
        Attribute.Missing.GROUP);
  }

  public static Tally tally(Table table, FairnessPolicy policy) {
    try {
      return TallyCount.of(table, policy, 1, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Rule rule(
      String id,
      GroupRate rate,
      Rule.Compare compare,
      String over,
      Rule.Decide decide,
      Threshold... limits) {
    return new Rule(
        id,
        MetricRef.of(rate.metric()),
        compare,
        new Rule.Over.Of(List.of(over.split(",", -1))),
        List.of(limits),
        decide,
        Severity.BLOCK,
        "");
  }

  /// Our rate of a name the other tools use; empty for what is not a rate of ours.
  public static Optional<GroupRate> rate(String name) {
    return switch (name) {
      case "precision", "positive_predictive_value" -> Optional.of(GroupRate.PPV);
      case "recall", "true_positive_rate" -> Optional.of(GroupRate.TPR);
      case "mean_prediction" -> Optional.of(GroupRate.SELECTION_RATE);
      case "false_positive_rate" -> Optional.of(GroupRate.FPR);
      case "false_negative_rate" -> Optional.of(GroupRate.FNR);
      case "true_negative_rate" -> Optional.of(GroupRate.TNR);
      case "negative_predictive_value" -> Optional.of(GroupRate.NPV);
      default -> Metric.find(name).flatMap(GroupRate::of);
    };
  }

  public static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
