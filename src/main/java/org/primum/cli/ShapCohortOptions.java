package org.primum.cli;

import java.util.List;
import org.primum.explain.summary.ShapleySummary;
import org.primum.step.explanation.ShapCohorts;
import picocli.CommandLine.Option;

/// Whom a summary of explanations tells of beside everyone.
final class ShapCohortOptions {

  @Option(
      names = "--cohorts",
      split = ",",
      paramLabel = "COLUMN",
      order = 30,
      description =
          "More columns to group the summary by, one group a value: a ward, a site, an age band.")
  List<String> cohorts = List.of();

  @Option(
      names = "--min-cohort",
      defaultValue = "11",
      paramLabel = "N",
      order = 31,
      description =
          "Groups of fewer rows are not told of, nor those that would give them away; 0 tells of"
              + " all.")
  int minCohort = ShapleySummary.USUAL_COHORT;

  ShapCohorts cohorts() {
    return new ShapCohorts(cohorts.stream().map(String::strip).toList(), minCohort);
  }
}
