package org.primum.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.primum.data.NumberColumn;
import org.primum.fairness.policy.Alias;
import org.primum.fairness.policy.Metric;

/// `docs/metrics.md`: every number an audit knows, from the catalogue that policies are read by.
final class MetricsPage {

  private static final String INTRODUCTION =
      """
      # Metrics of fairness-audit

      A policy names a metric by its id or by one of the names in brackets; results carry the id. tp, fp, fn, tn are the rows with
      label and prediction, by both, n all rows below the line, y the label (1 or 0), s the score. Every count is a sum of weights where
      the data has them. Each metric is computed for everyone (`overall`), each group, each intersection, and the rows without a value.

      * **Nothing below the line is no value**, with a reason: never 0, 1 or 10. Where rows are there and all weigh nothing the reason is
        *all weights are zero*.
      * **Every value has an interval**, at the policy's confidence where it is shown and at the level of the decision where a rule is
        decided on it. Weighted rows count by an effective number: exact for the value, an approximation for the interval.
        Rows of one patient (`data.cluster`) are drawn together; what cannot be drawn is as wide as if all of them said the same.
      * **A number behind an `@`** is a threshold (`net_benefit@0.2`), a share of patients (`sensitivity_at_alert_rate@0.05`) or a
        quantile of everyone's scores (`access_share@0.97`). The quantile q is the highest score below which at most the share q of all
        scored rows lies; who has that score or more reaches it, so equal scores are never told apart.
      * **Scores** need `data.score.column`. Up to 16,384 distinct scores are counted each by itself; more are counted between the edges of
        a grid: 1,024 equal steps, the hundredths, and every threshold of the policy. Means and errors come from exact sums on either;
        areas, fits and the spread behind an interval take the middle of a bin for its scores, counts at a threshold stay exact.
      * **Need** needs `data.need.column`: a number that says how ill a patient is and that the score did not learn from. A rule on
        `need_gap@0.97` is `need_at@0.97` with `compare: difference`: at equal score, how much more the group needs.
      """;

  private static final String BEHIND =
      """

      ## Comparisons

      | `compare` | formula | orientation | parity | no value |
      |---|---|---|---|---|
      | `none` | the value of each group | as the metric | – | where the metric has none |
      | `difference` | group − reference | below 0: the group's value is lower | 0 | where either has none |
      | `ratio` | group / reference | below 1: the group's value is lower | 1 | 0/0, numbers below 0; x/0 is *unbounded* |
      | `log_ratio` | ln(group / reference) | below 0: the group's value is lower; half is as far from 0 as twice | 0 | as `ratio`; ln 0 is *unbounded* |
      | `abs_difference` | how far group and reference are apart | none | 0 | where either has none |
      | `worst` | how far the group farthest from the reference is, of those that can be judged | none | 0 | no group can be judged |
      | `max_min` | largest − smallest, of the groups that can be judged | none | 0 | fewer than two groups |
      | `min_max_ratio` | smallest / largest | at most 1 | 1 | all 0, fewer than two groups |
      | `vs_overall` | group − everyone | below 0: the group's value is lower | 0 | where either has none |
      | `vs_rest` | group − everyone else | below 0: the group's value is lower | 0 | where either has none |

      Intervals of a difference are recovered from those of the two (MOVER, Zou and Donner 2008); those of a rate are here Wilson's with
      their skewness taken out. Of a ratio they are Donner and Zou's for rates, and MOVER's on the log scale else; a `log_ratio` has the
      logarithms of their ends, and so decides as the `ratio` with the same limits does.

      Every comparison in a result says its orientation in words (`orientation`: *group minus reference*).

      ## What to expect of them

      * `ece` and `mce` grow where groups are small: ten bins of chance look like ten bins of error. The lower end of the interval of
        `ece` takes off what chance can add, so that right scores reach 0. Compare groups of one size, or use `calibration_gap`, `o_e` and `calibration_slope`, which have no bins.
      * `ks_score` and `w1_score` are above 0 by chance alone: two samples of one distribution are on average 0.87 sqrt(1/n + 1/m) apart by
        the first, 0.17 for 50 and 50 rows. Their intervals reach 0 where chance explains them. A limit has to lie above what chance adds
        at the sizes of the groups, or `show-safe` never passes and `point` refuses fair models; `compare` is `abs_difference` (to the
        reference, the usual), `worst` or `vs_rest`. On the grid of bins the first can be too small by the share of one bin at most.
      * `auprc`, `ppv`, `npv`, `f1` and `net_benefit` depend on how common the outcome is in the group; a difference between groups of
        other base rates is no sign of a worse model.
      * An interval that is a whole range (`-1` to `1`, or open) says that the rows say nothing: one row, or one row of a class.
      * `access_share`, `representation` and `predicted_positive_share` say how many a group is; they are hidden where the group is too
        small to be shown.

      ## Agreement with other tools

      Equal within 1e-12 wherever both are defined to Fairlearn 0.15.0, AIF360 0.6.1 and scikit-learn 1.9.1 (areas, average precision, Brier,
      log loss, bins), to statsmodels 0.15.0 (intervals; calibration fits within 1e-9) and to pROC 1.18 (DeLong). On purpose unlike them:
      Fairlearn's rate 0 for 0/0, AIF360's predictive value 0 for nobody, Aequitas' 10 for x/0, scikit-learn's average precision 0 without
      positives and correlation 0 without spread, small groups in a range. Our bins are [low, high); scikit-learn's are (low, high].
      """;

  private static final String NAMES =
      """

      ## Other tools' names

      A rule may name a disparity as another tool does; each name means one metric, compared in one way. `EOD` is not equalized odds.
      `equal_opportunity_difference` and `demographic_parity_difference` are Fairlearn's, without a sign.

      | name | as in | metric | `compare` | orientation |
      |---|---|---|---|---|
      """;

  private MetricsPage() {}

  static String write() {
    StringBuilder page = new StringBuilder();
    page.append("<!-- ").append(GeneratedFiles.MARKER).append(" -->\n").append(INTRODUCTION);
    for (Metric.Family family : Metric.Family.values()) {
      page.append("\n## ").append(family.title()).append("\n\n");
      page.append("| metric | what it is | formula | rows below the line | range; best |");
      page.append(" interval | no value | source |\n|---|---|---|---|---|---|---|---|\n");
      Arrays.stream(Metric.values())
          .filter(metric -> metric.family() == family)
          .forEach(metric -> row(page, metric));
    }
    return page.append(BEHIND).append(names()).append(sources()).toString();
  }

  private static String names() {
    StringBuilder table = new StringBuilder(NAMES);
    for (Alias alias : Alias.values()) {
      table
          .append("| ")
          .append(
              alias.names().stream()
                  .map(name -> "`" + name + "`")
                  .collect(Collectors.joining(", ")))
          .append(" | ")
          .append(alias.tool())
          .append(" | `")
          .append(alias.metric().id())
          .append("` | `")
          .append(alias.compare().id())
          .append("` | ")
          .append(alias.turned() ? "reference − group: limits are turned over" : "as ours")
          .append(" |\n");
    }
    return table.toString();
  }

  private static void row(StringBuilder page, Metric metric) {
    List<String> cells =
        List.of(
            names(metric),
            metric.meaning(),
            "`" + metric.formula() + "`",
            metric.denominator(),
            range(metric) + "; " + best(metric),
            metric.method().words(),
            metric.undefined(),
            metric.source());
    page.append('|');
    cells.forEach(cell -> page.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    page.append('\n');
  }

  private static String names(Metric metric) {
    String id = "`" + metric.id() + (metric.takesArgument() ? "@…" : "") + "`";
    return metric.aliases().isEmpty()
        ? id
        : id
            + metric.aliases().stream()
                .map(alias -> "`" + alias + "`")
                .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String range(Metric metric) {
    String low = Double.isFinite(metric.low()) ? "[" + number(metric.low()) : "(−∞";
    String high = Double.isFinite(metric.high()) ? number(metric.high()) + "]" : "∞)";
    return low + ", " + high;
  }

  private static String number(double value) {
    return value == Math.log(2) ? "ln 2" : NumberColumn.format(value).replace('-', '−');
  }

  private static String best(Metric metric) {
    return switch (metric.better()) {
      case HIGHER -> "higher";
      case LOWER -> "lower";
      case ZERO -> "0";
      case ONE -> "1";
      case NEITHER -> "–";
    };
  }

  private static String sources() {
    return Arrays.stream(Metric.values())
        .map(Metric::source)
        .distinct()
        .filter(LINKS::containsKey)
        .map(source -> "[" + source + "](" + LINKS.get(source) + ")")
        .collect(Collectors.joining(" ·\n", "\n## Sources\n\n", "\n"));
  }

  private static final String DOI = "https://doi.org/";
  private static final String ARXIV = "https://arxiv.org/abs/";

  private static final Map<String, String> LINKS =
      Map.ofEntries(
          Map.entry("Hardt, Price, Srebro 2016", ARXIV + "1610.02413"),
          Map.entry("Chouldechova 2017", ARXIV + "1703.00056"),
          Map.entry("Berk et al. 2021", DOI + "10.1177/0049124118782533"),
          Map.entry("Brodersen et al. 2010", DOI + "10.1109/ICPR.2010.764"),
          Map.entry("Matthews 1975", DOI + "10.1016/0005-2795(75)90109-9"),
          Map.entry("Cohen 1960", DOI + "10.1177/001316446002000104"),
          Map.entry("Saleiro et al. 2018 (Aequitas)", ARXIV + "1811.05577"),
          Map.entry("DeLong, DeLong, Clarke-Pearson 1988", DOI + "10.2307/2531595"),
          Map.entry("Hand, Till 2001", DOI + "10.1023/A:1010920819831"),
          Map.entry("Boyd, Eng, Page 2013", DOI + "10.1007/978-3-642-40994-3_29"),
          Map.entry("Good 1952", DOI + "10.1111/j.2517-6161.1952.tb00104.x"),
          Map.entry("Kamishima et al. 2012", DOI + "10.1007/978-3-642-33486-3_3"),
          Map.entry("Van Calster et al. 2019", DOI + "10.1186/s12916-019-1466-7"),
          Map.entry("Cox 1958", DOI + "10.2307/2333203"),
          Map.entry("Naeini, Cooper, Hauskrecht 2015", DOI + "10.1609/aaai.v29i1.9602"),
          Map.entry("Vickers, Elkin 2006", DOI + "10.1177/0272989X06295361"),
          Map.entry("Kerr et al. 2016", DOI + "10.1200/JCO.2015.65.5654"),
          Map.entry("Romero-Brufau et al. 2015", DOI + "10.1186/s13054-015-0999-1"),
          Map.entry("Obermeyer et al. 2019", DOI + "10.1126/science.aax2342"),
          Map.entry("Agarwal, Dudik, Wu 2019", ARXIV + "1905.12843"),
          Map.entry("Calders et al. 2013", DOI + "10.1109/ICDM.2013.114"),
          Map.entry("Hardt et al. 2021 (SageMaker Clarify)", ARXIV + "2109.03285"),
          Map.entry("Kullback, Leibler 1951", DOI + "10.1214/aoms/1177729694"),
          Map.entry("Bellamy et al. 2018 (AIF360)", ARXIV + "1810.01943"),
          Map.entry("Speicher et al. 2018", DOI + "10.1145/3219819.3220046"),
          Map.entry("Foulds et al. 2020", DOI + "10.1109/ICDE48307.2020.00203"),
          Map.entry("Wachter, Mittelstadt, Russell 2021", DOI + "10.1016/j.clsr.2021.105567"),
          Map.entry("Pearson 1900", DOI + "10.1080/14786440009463897"),
          Map.entry("Dunnett 1955", DOI + "10.1080/01621459.1955.10501294"),
          Map.entry("Shannon 1948", DOI + "10.1002/j.1538-7305.1948.tb01338.x"),
          Map.entry("Hanley, McNeil 1982", DOI + "10.1148/radiology.143.1.7063747"),
          Map.entry("Lin 1991", DOI + "10.1109/18.61115"));
}
