package org.primum.fairness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.Status;

/// Writes docs/fairness-simulations.md: what an audit's decisions promise, counted on cohorts whose
/// truth is known. Smaller runs of the same are [FairnessAuditStatisticsTest].
///
/// Arguments: the folder to write to, and how many cohorts each cell has.
final class FairnessSimulations {

  private static final int[] PEOPLE = {2_000, 20_000, 200_000};
  private static final double[] BASE_RATES = {.1, .4};
  private static final long SEED = 20261122;

  private final int cohorts;
  private final StringBuilder page = new StringBuilder();

  private FairnessSimulations(int cohorts) {
    this.cohorts = cohorts;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    FairnessSimulations all = new FairnessSimulations(Integer.parseInt(arguments[1]));
    Files.createDirectories(folder.resolve("images"));
    all.introduce();
    all.falseAlarms(folder);
    all.extremeRates();
    all.falseSafety();
    all.coverage();
    all.power(folder);
    all.otherSimulation();
    all.close();
    Files.writeString(folder.resolve("fairness-simulations.md"), all.page);
  }

  private void say(String text) {
    page.append(text);
  }

  private static void progress(String what) {
    System.err.println("simulate: " + what);
  }

  private void introduce() {
    say(
        """
        # Fairness audit: what its decisions promise

        Cohorts are drawn from populations whose truth is known, and audited as any others; what is counted is how often the
        audit says what. `make simulate` writes this page; the same seeds (%d and up) give the same bytes. Smaller runs are tests
        (`FairnessAuditStatisticsTest`).

        **Population.** Eight groups with the shares of the United States (57.8, 18.7, 12.1, 5.9, 4.1, 0.7, 0.5 and 0.2 %%: White,
        Hispanic, Black, Asian, several races, American Indian and Alaska Native, other, Native Hawaiian and Pacific Islander; U.S.
        Census Bureau, 2020 Census Redistricting Data, table P2). Everybody has the same chance of the outcome (the base rate), of
        being found (TPR .70) and of a false alarm (FPR .10), unless a section says otherwise: **a fair model**.

        **Errors.** Each share is of %,d cohorts: its standard error is at most %.2f points, at 5 %% %.2f points. Minimum, suppression
        and multiplicity are those a policy has that says nothing (100, 30, 30; 11; Holm over the policy).

        """
            .formatted(
                SEED,
                cohorts,
                100 * Simulation.error(.5, cohorts),
                100 * Simulation.error(.05, cohorts)));
  }

  /// A rule, or several, that a fair model is held against.
  private record Gate(String name, FairnessPolicy policy) {

    static Gate us(String name, String... rules) {
      return new Gate(name, Simulation.us(rules));
    }
  }

  private static List<Gate> ours() {
    return List.of(
        Gate.us(
            "`exclude-harm`, TPR and FPR difference, limit 0",
            "metric: tpr, compare: difference, min: 0, decide: exclude-harm",
            "metric: fpr, compare: difference, max: 0, decide: exclude-harm"),
        Gate.us(
            "`exclude-harm`, TPR and FPR ratio, limit 1",
            "metric: tpr, compare: ratio, min: 1, decide: exclude-harm",
            "metric: fpr, compare: ratio, max: 1, decide: exclude-harm"),
        Gate.us(
            "`exclude-harm`, TPR and FPR `max_min`, limit 0",
            "metric: tpr, compare: max_min, max: 0, decide: exclude-harm",
            "metric: fpr, compare: max_min, max: 0, decide: exclude-harm"),
        Gate.us(
            "`exclude-harm`, TPR against the rest, both sides, limit 0",
            "metric: tpr, compare: vs_rest, min: 0, max: 0, decide: exclude-harm"),
        Gate.us(
            "`both`, selection rate ratio, limit .80",
            "metric: selection_rate, compare: ratio, min: 0.80, decide: both"),
        Gate.us(
            "`show-safe` (the default), TPR and FPR difference, limit .10",
            "metric: tpr, compare: difference, min: -0.10",
            "metric: fpr, compare: difference, max: 0.10"));
  }

  private static List<Gate> points() {
    String loose = "decide: point";
    return List.of(
        Gate.us(
            "`point`, demographic parity difference at most .10",
            "metric: selection_rate, compare: max_min, max: 0.10, " + loose),
        Gate.us(
            "`point`, demographic parity ratio at least .80",
            "metric: selection_rate, compare: min_max_ratio, min: 0.80, " + loose),
        Gate.us(
            "`point`, equal opportunity difference at most .10",
            "metric: tpr, compare: max_min, max: 0.10, " + loose));
  }

  private void falseAlarms(Path folder) throws IOException {
    say(
        """
        ## A fair model is accused
        The share of cohorts in which at least one rule FAILs for at least one group. At the limits here (parity itself, but for the
        last of ours) a false alarm is as likely as it can be; at a limit with room it is rarer.

        """);
    List<List<Double>> own = table(ours(), Cohorts::us);
    say(
        """

        The same cohorts under the rules other tools come with. Groups too small for the minimum are already out of these; without
        a minimum it is worse (below).

        """);
    List<List<Double>> others = table(points(), Cohorts::us);
    picture(folder, own, others);
  }

  private interface Population {
    Cohorts of(int people, double baseRate, double tpr, double fpr);
  }

  private List<List<Double>> table(List<Gate> gates, Population population) {
    say("| rule | base rate | N = 2,000 | 20,000 | 200,000 |\n|---|---|---|---|---|\n");
    List<List<Double>> all = new ArrayList<>();
    for (Gate gate : gates) {
      for (double baseRate : BASE_RATES) {
        progress(gate.name() + ", base rate " + baseRate);
        List<Double> shares = new ArrayList<>();
        for (int people : PEOPLE) {
          Cohorts fair = population.of(people, baseRate, .70, .10);
          shares.add(Simulation.of(gate.policy(), fair, cohorts, SEED + people).failed());
        }
        all.add(shares);
        say("| " + gate.name() + " | " + baseRate + " |");
        shares.forEach(share -> say(" " + percent(share) + " |"));
        say("\n");
      }
    }
    return all;
  }

  private void picture(Path folder, List<List<Double>> own, List<List<Double>> others)
      throws IOException {
    LineChart chart =
        new LineChart(
            "A perfectly fair model is accused (base rate .1)",
            "people in the audit",
            List.of("2,000", "20,000", "200,000"),
            List.of(
                new LineChart.Series("parity ratio, point", "#b2182b", others.get(2)),
                new LineChart.Series("equal opp., point", "#ef8a62", others.get(4)),
                new LineChart.Series("exclude-harm", "#2166ac", own.get(0)),
                new LineChart.Series("show-safe", "#1b7837", own.get(10))));
    Files.writeString(folder.resolve("images/fairness-false-alarms.svg"), chart.svg());
    say("\n![False alarms](images/fairness-false-alarms.svg) The dashed line is at 5 %.\n\n");
  }

  private void extremeRates() {
    say(
        """
        ## Where it is tightest
        `exclude-harm`, TPR and FPR difference, limit 0, at other operating points. Where rates are close to 0 or 1 counts are skewed:
        with Newcombe's interval it was 5.6 % at .95, .02 ([why](statistics.md#one-end-at-a-time)).

        | TPR, FPR | base rate | N = 2,000 | 20,000 | 200,000 |
        |---|---|---|---|---|
        """);
    FairnessPolicy policy = ours().getFirst().policy();
    for (double[] point : new double[][] {{.5, .05}, {.8, .2}, {.9, .05}, {.95, .02}, {.98, .01}}) {
      for (double baseRate : BASE_RATES) {
        progress("operating point " + point[0] + ", base rate " + baseRate);
        say("| " + point[0] + ", " + point[1] + " | " + baseRate + " |");
        for (int people : PEOPLE) {
          Cohorts fair = Cohorts.us(people, baseRate, point[0], point[1]);
          say(" " + percent(Simulation.of(policy, fair, cohorts, SEED + people).failed()) + " |");
        }
        say("\n");
      }
    }
    say("\n");
  }

  private void falseSafety() {
    say(
        """
        ## An unfair model is called safe
        `show-safe`, TPR difference, limit .10, base rate .4. Black patients are found with TPR .60 instead of .70 (a gap exactly at
        the limit, where a wrong PASS is likeliest), or .55. Shares of all cohorts; the last column is the PASS of that group alone.

        | gap | N | PASS | INCONCLUSIVE | FAIL | the group itself: PASS |
        |---|---|---|---|---|---|
        """);
    FairnessPolicy policy = Simulation.us("metric: tpr, compare: difference, min: -0.10");
    for (double tpr : new double[] {.70, .60, .55}) {
      for (int people : PEOPLE) {
        progress("false safety at TPR " + tpr + ", " + people);
        Cohorts population = Cohorts.us(people, .4, .70, .10).withTpr("Black", tpr);
        Simulation result = Simulation.of(policy, population, cohorts, SEED + people);
        say(
            String.format(
                Locale.ROOT,
                "| %.2f | %,d | %s | %s | %s | %s |%n",
                .70 - tpr,
                people,
                percent(result.share(Status.PASS)),
                percent(result.share(Status.INCONCLUSIVE)),
                percent(result.failed()),
                percent(
                    Simulation.of(policy, population, "g=Black", cohorts, SEED + people)
                        .share(Status.PASS))));
      }
    }
    say(
        """

        At 200,000 people the groups of 0.7, 0.5 and 0.2 % have 560, 400 and 160 positives: enough for the minimum, too few to show
        ten points of safety to the second and third at this confidence. The audit says so, for those groups.

        """);
  }

  private void coverage() {
    say(
        """
        ## Intervals hold the truth
        Nominal 95 %. Exact: each pair of counts weighed by its probability, for 81 pairs of true rates from .05 to .95; nothing is
        random. The lowest of the 81, and their mean.

        | rows | difference: lowest | mean | ratio: lowest | mean | against everyone: lowest | mean |
        |---|---|---|---|---|---|---|
        """);
    for (int[] n :
        new int[][] {
          {30, 30}, {30, 100}, {30, 1000}, {50, 500}, {100, 100}, {100, 1000}, {400, 400}
        }) {
      progress("coverage, " + n[0] + " against " + n[1]);
      say("| " + n[0] + " against " + n[1]);
      for (Coverage coverage :
          List.of(
              Coverage.difference(n[0], n[1]),
              Coverage.ratio(n[0], n[1]),
              Coverage.overall(n[0], n[1]))) {
        say(
            String.format(
                Locale.ROOT,
                " | %.3f (%.2f, %.2f) | %.3f",
                coverage.min(),
                coverage.p(),
                coverage.q(),
                coverage.mean()));
      }
      say(" |\n");
    }
    say(
        """

        In brackets the two true rates where it is lowest. `max_min` of five groups of 600, 180, 120, 70 and 30 rows, by simulation:

        | true rates | covered |
        |---|---|
        """);
    int[] rows = {600, 180, 120, 70, 30};
    for (double[] rates :
        new double[][] {
          {.3, .3, .3, .3, .3}, {.3, .3, .3, .5, .3}, {.1, .2, .3, .4, .5}, {.9, .9, .9, .6, .95}
        }) {
      progress("coverage of a range");
      say(
          "| "
              + java.util.Arrays.toString(rates)
              + " | "
              + percent(Coverage.range(rows, rates, cohorts, SEED))
              + " |\n");
    }
    say("\n");
  }

  private void power(Path folder) throws IOException {
    say(
        """
        ## A gap is found
        Five groups of 60, 18, 12, 7 and 3 %, base rate .15, TPR .70 but for the group of 7 %, whose TPR is lower by the gap. The
        share of cohorts that FAIL, and the positives that group has on average.

        """);
    double[] gaps = {0, .02, .05, .08, .10, .15, .20, .30};
    int[] people = {2_000, 10_000, 100_000};
    List<LineChart.Series> series = new ArrayList<>();
    String[] colors = {"#92c5de", "#4393c3", "#2166ac", "#a6dba0", "#5aae61", "#1b7837"};
    for (String gate : List.of("HARM", "SAFE", "EOPP")) {
      say("| " + powerName(gate) + " |");
      for (double gap : gaps) {
        say(String.format(Locale.ROOT, " gap %.2f |", gap));
      }
      say("\n|---|" + "---|".repeat(gaps.length) + "\n");
      for (int n : people) {
        progress("power of " + gate + ", " + n);
        List<Double> found = new ArrayList<>();
        say(String.format(Locale.ROOT, "| N = %,d, %.0f positives |", n, n * .07 * .15));
        for (double gap : gaps) {
          FairnessPolicy policy = FairnessAuditStatisticsTest.gate(gate);
          Cohorts population = Cohorts.five(n, .70 - gap);
          double share = Simulation.of(policy, population, cohorts, SEED + n).failed();
          found.add(share);
          say(" " + percent(share) + " |");
        }
        say("\n");
        if (!gate.equals("EOPP")) {
          series.add(
              new LineChart.Series(
                  (gate.equals("HARM") ? "exclude-harm" : "show-safe")
                      + String.format(Locale.ROOT, " %,d", n),
                  colors[series.size()],
                  found));
        }
      }
      say("\n");
    }
    List<String> ticks = new ArrayList<>();
    for (double gap : gaps) {
      ticks.add(String.format(Locale.ROOT, "%.2f", gap));
    }
    String chart = new LineChart("A gap in TPR is found", "gap", ticks, series).svg();
    Files.writeString(folder.resolve("images/fairness-power.svg"), chart);
    say("![Power](images/fairness-power.svg)\n\n");
  }

  private static String powerName(String gate) {
    return switch (gate) {
      case "HARM" -> "`exclude-harm`, limit 0";
      case "SAFE" -> "`show-safe`, limits ±.10";
      default -> "`point`, `max_min` at most .10: mostly noise, see gap 0";
    };
  }

  private void otherSimulation() {
    say(
        """
        ## The same gates in another simulation
        The five groups again, without a minimum; TPR .70 everywhere (*fair*), or .55 in the group of 7 % (*gap*). *Theirs* is an
        independent simulation in numpy with 2,000 cohorts a cell (error up to 1.1 points), 20,000 where intervals decide; *ours* the audit itself.

        | gate | | fair 2,000 | 10,000 | 100,000 | gap 2,000 | 10,000 | 100,000 |
        |---|---|---|---|---|---|---|---|
        """);
    compare(
        "DPD",
        "`point`: selection rate, `max_min` at most .1",
        Status.FAIL,
        "19.1 | 0.0 | 0.0 | 19.8 | 0.1 | 0.0");
    compare(
        "DPR",
        "`point`: selection rate, `min_max_ratio` at least .8",
        Status.FAIL,
        "83.5 | 22.7 | 0.0 | 84.6 | 44.1 | 1.7");
    compare(
        "EOPP",
        "`point`: TPR, `max_min` at most .1",
        Status.FAIL,
        "91.5 | 42.5 | 0.1 | 96.4 | 96.0 | 100.0");
    compare(
        "HARM",
        "`exclude-harm`: TPR difference at least 0",
        Status.FAIL,
        "2.3 | 2.6 | 2.7 | 14.0 | 70.5 | 100.0");
    compare(
        "HARM5",
        "`exclude-harm`: at least -.05",
        Status.FAIL,
        "0.5 | 0.1 | 0.0 | 5.7 | 30.6 | 100.0");
    compare(
        "SAFE", "`show-safe`: within .10, FAIL", Status.FAIL, "0.0 | 0.0 | 0.0 | 0.1 | 6.3 | 73.5");
    compare(
        "SAFE", "`show-safe`: within .10, PASS", Status.PASS, "0.0 | 0.0 | 95.6 | 0.0 | 0.0 | 0.0");
    say("\n");
  }

  private void compare(String gate, String name, Status status, String theirs) {
    progress(name);
    say("| " + name + " | theirs | " + theirs + " |\n| | ours |");
    for (double tpr : new double[] {.70, .55}) {
      for (int n : new int[] {2_000, 10_000, 100_000}) {
        Simulation result =
            Simulation.of(
                FairnessAuditStatisticsTest.gate(gate), Cohorts.five(n, tpr), cohorts, SEED + n);
        say(String.format(Locale.ROOT, " %.1f |", 100 * result.share(status)));
      }
    }
    say("\n");
  }

  private void close() {
    say(
        """
        ## What this does not show
        * Groups that are drawn are of fixed size, and their rows independent: several admissions of one patient need `cluster`.
        * A model that is fair in these rates can be unfair in others, and to groups nobody recorded.
        * At the limit itself a rule has to err now and then: a policy that leaves no room asks for more patients, not for more trust.
        """);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
