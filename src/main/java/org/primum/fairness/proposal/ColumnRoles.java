package org.primum.fairness.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.primum.data.DataInvalidException;
import org.primum.gate.ConfigInvalidException;

/// Which column of a table is what: as somebody said, else by name and content.
///
/// @param label the outcome, two values
/// @param positive the value that says that it happened
/// @param prediction who is flagged, two values; empty where there is none
/// @param score a number from 0 to 1; empty where there is none
/// @param weight empty where there is none
/// @param patient names people; empty where there is none
/// @param sensitive people are audited by these
/// @param others not proposed, and perhaps wanted
public record ColumnRoles(
    ColumnProfile label,
    String positive,
    List<ColumnProfile> prediction,
    List<ColumnProfile> score,
    List<ColumnProfile> weight,
    List<ColumnProfile> patient,
    List<ColumnProfile> sensitive,
    List<ColumnProfile> others) {

  /// What somebody said; an empty text or list where they left it to us.
  ///
  /// @param positive the label's value that says that the outcome happened
  public record Said(
      String label, String positive, String prediction, String score, List<String> sensitive) {
    public Said {
      sensitive = List.copyOf(sensitive);
    }

    public static final Said NOTHING = new Said("", "", "", "", List.of());
  }

  private static final List<String> LABELS =
      List.of(
          "label",
          "y_true",
          "label_value",
          "target",
          "outcome",
          "ground_truth",
          "truth",
          "actual",
          "event",
          "y");
  private static final Set<String> LABEL_WORDS =
      Set.of(
          "label",
          "outcome",
          "readmitted",
          "readmission",
          "died",
          "death",
          "dead",
          "deceased",
          "mortality",
          "event",
          "diagnosis",
          "diagnosed",
          "disease",
          "target",
          "truth");
  private static final List<String> PREDICTIONS =
      List.of("prediction", "y_pred", "predicted_label", "predicted", "pred", "y_hat", "decision");
  private static final Set<String> PREDICTION_WORDS =
      Set.of(
          "prediction",
          "predicted",
          "pred",
          "flag",
          "flagged",
          "decision",
          "alert",
          "alerted",
          "selected");
  private static final List<String> SCORES =
      List.of(
          "score", "risk_score", "risk", "probability", "y_prob", "y_score", "proba", "prob", "p");
  private static final Set<String> SCORE_WORDS =
      Set.of("score", "risk", "prob", "proba", "probability");
  private static final Set<String> WEIGHTS =
      Set.of("weight", "weights", "w", "sample_weight", "sampling_weight", "survey_weight");
  private static final Set<String> PATIENTS =
      Set.of(
          "patient_id",
          "patient",
          "patientid",
          "subject_id",
          "person_id",
          "member_id",
          "mrn",
          "pid",
          "seqn",
          "id");
  private static final Set<String> SENSITIVE =
      Set.of(
          "race",
          "ethnicity",
          "ethnic",
          "eth",
          "sex",
          "gender",
          "age",
          "site",
          "hospital",
          "clinic",
          "facility",
          "insurance",
          "insurer",
          "payer",
          "payor",
          "language",
          "marital",
          "religion",
          "disability",
          "disabled",
          "income",
          "education",
          "school",
          "deprivation",
          "imd",
          "region",
          "rural",
          "urban",
          "veteran",
          "nationality",
          "citizenship",
          "pregnant");

  public ColumnRoles {
    prediction = List.copyOf(prediction);
    score = List.copyOf(score);
    weight = List.copyOf(weight);
    patient = List.copyOf(patient);
    sensitive = List.copyOf(sensitive);
    others = List.copyOf(others);
  }

  /// @throws DataInvalidException where a column that an audit needs cannot be told; the message
  ///   says which option names it
  public static ColumnRoles of(TableProfile table, Said said) {
    return new Reading(table, said).roles();
  }

  /// The column that was said, or the best guess.
  private record Reading(TableProfile table, Said said) {

    ColumnRoles roles() {
      List<ColumnProfile> score = score();
      List<ColumnProfile> prediction = prediction();
      ColumnProfile label = label(prediction);
      List<ColumnProfile> weight = where(c -> WEIGHTS.contains(joined(c)) && isWeight(c));
      List<ColumnProfile> patient =
          where(c -> PATIENTS.contains(joined(c))).stream().limit(1).toList();
      if (score.isEmpty() && prediction.isEmpty()) {
        throw new DataInvalidException(
            table.table()
                + ": neither a score from 0 to 1 nor a prediction of two values is there; score the"
                + " rows first (primum score), or name the column with --score or --prediction. A"
                + " score is a probability: divide percentages by 100, and write decimals with a"
                + " point");
      }
      List<ColumnProfile> taken =
          Stream.of(List.of(label), score, prediction, weight, patient)
              .flatMap(List::stream)
              .toList();
      List<ColumnProfile> sensitive = sensitive(taken);
      if (sensitive.isEmpty()) {
        throw new DataInvalidException(
            table.table()
                + ": no sensitive column could be told by its name; name them with --sensitive, by"
                + " comma");
      }
      return new ColumnRoles(
          label,
          positive(label),
          prediction,
          score,
          weight.stream().limit(1).toList(),
          patient,
          sensitive,
          where(c -> !taken.contains(c) && !sensitive.contains(c) && isCategorical(c)));
    }

    private List<ColumnProfile> where(Predicate<ColumnProfile> condition) {
      return table.columns().stream().filter(condition).toList();
    }

    private static String joined(ColumnProfile column) {
      return column.words().joined();
    }

    private static boolean isCategorical(ColumnProfile column) {
      return !column.many() && column.values().size() > 1;
    }

    private static boolean isWeight(ColumnProfile column) {
      return column.countable() && column.missing() == 0;
    }

    /// The first of those names, else the first column with one of those words.
    private Optional<ColumnProfile> named(
        List<String> names, Set<String> words, Predicate<ColumnProfile> fits) {
      List<ColumnProfile> fitting = where(fits);
      Stream<ColumnProfile> exact =
          names.stream().flatMap(n -> fitting.stream().filter(c -> joined(c).equals(n)));
      Stream<ColumnProfile> close = fitting.stream().filter(c -> c.words().has(words));
      return Stream.concat(exact, close).findFirst();
    }

    private List<ColumnProfile> score() {
      if (!said.score().isEmpty()) {
        ColumnProfile column = table.require(said.score());
        if (!column.within()) {
          throw new ConfigInvalidException(
              "--score="
                  + column.name()
                  + ": holds other values than numbers from 0 to 1; divide percentages by 100, and"
                  + " write decimals with a point");
        }
        return List.of(column);
      }
      return named(SCORES, SCORE_WORDS, c -> c.within() && c.values().size() != 2).stream()
          .toList();
    }

    private List<ColumnProfile> prediction() {
      if (!said.prediction().isEmpty()) {
        return List.of(binary("--prediction", said.prediction()));
      }
      return named(
              PREDICTIONS,
              PREDICTION_WORDS,
              c -> c.isBinary() && !c.name().equals(said.label()) && happened(c).isPresent())
          .stream()
          .toList();
    }

    private ColumnProfile binary(String option, String name) {
      ColumnProfile column = table.require(name);
      if (!column.isBinary()) {
        throw new ConfigInvalidException(
            option + "=" + name + ": does not hold two values, as an outcome does");
      }
      return column;
    }

    private ColumnProfile label(List<ColumnProfile> prediction) {
      if (!said.label().isEmpty()) {
        return binary("--label", said.label());
      }
      return named(
              LABELS,
              LABEL_WORDS,
              c ->
                  c.isBinary()
                      && !prediction.contains(c)
                      && !c.words().has(PREDICTION_WORDS)
                      && !c.words().has(SENSITIVE))
          .orElseThrow(() ->
              new DataInvalidException(
                  table.table()
                      + ": no column of two values could be told to be the outcome; name it with"
                      + " --label"));
    }

    private String positive(ColumnProfile label) {
      if (!said.positive().isEmpty()) {
        if (!label.values().containsKey(said.positive())) {
          throw new ConfigInvalidException(
              "--positive: no value of the column " + label.name() + "; check its spelling");
        }
        return said.positive();
      }
      return happened(label)
          .orElseThrow(() ->
              new DataInvalidException(
                  table.table()
                      + ": which of the two values of '"
                      + label.name()
                      + "' says that the outcome happened is not clear; name it with --positive"));
    }

    private List<ColumnProfile> sensitive(List<ColumnProfile> taken) {
      if (!said.sensitive().isEmpty()) {
        List<ColumnProfile> columns = new ArrayList<>();
        for (String name : said.sensitive()) {
          columns.add(groupable(table.require(name)));
        }
        return columns;
      }
      return where(c ->
          !taken.contains(c) && c.words().has(SENSITIVE) && (isCategorical(c) || AgeBins.fit(c)));
    }

    private static ColumnProfile groupable(ColumnProfile column) {
      if (!isCategorical(column) && !AgeBins.fit(column)) {
        throw new ConfigInvalidException(
            "--sensitive: "
                + column.name()
                + " has one value, or more than "
                + ColumnProfile.FEW
                + "; write it into the policy with bins or categories of your own");
      }
      return column;
    }
  }

  private static final Set<String> HAPPENED =
      Set.of(
          "1",
          "true",
          "True",
          "TRUE",
          "yes",
          "Yes",
          "YES",
          "y",
          "Y",
          "positive",
          "Positive",
          "died",
          "dead",
          "deceased",
          "readmitted",
          "event",
          "case");

  /// The one of two values that says that something happened, where exactly one does.
  static Optional<String> happened(ColumnProfile column) {
    List<String> found = column.values().keySet().stream().filter(HAPPENED::contains).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// The other of the two values.
  static String other(ColumnProfile column, String positive) {
    return column.values().keySet().stream()
        .filter(v -> !v.equals(positive))
        .findFirst()
        .orElseThrow();
  }

  /// Names of columns, as a message lists them.
  static String names(List<ColumnProfile> columns) {
    return String.join(
        ", ", Arrays.asList(columns.stream().map(ColumnProfile::name).toArray(String[]::new)));
  }
}
