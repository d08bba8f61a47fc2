package org.primum.step.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.primum.document.LoadedModel;
import org.primum.gate.Measurement;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Fact;
import org.primum.report.Report.Section;
import org.primum.train.LeakHint;
import org.primum.train.Roster;
import org.primum.train.TrainingRows;

/// What `train` tells people.
record TrainReport(
    TrainInputs inputs,
    Roster roster,
    TrainingRows rows,
    LoadedModel model,
    Scoring scoring,
    List<LeakHint> leaks) {

  TrainReport(
      TrainInputs inputs, Roster roster, TrainingRows rows, LoadedModel model, Scoring scoring) {
    this(inputs, roster, rows, model, scoring, LeakHint.find(rows.set(), rows.features()));
  }

  double threshold() {
    return model.description().orElseThrow().threshold();
  }

  String summary(List<Measurement> metrics) {
    OptionalDouble area = ScoreTables.find(metrics, "auroc");
    String quality =
        area.isPresent()
            ? String.format(Locale.ROOT, "AUROC %.3f", area.getAsDouble())
            : "AUROC unknown";
    return String.format(
        Locale.ROOT,
        "Trained %s on %,d rows of %,d patients; on %,d patients it has not seen: %s, %,d of %,d"
            + " rows alerted at threshold %.3f.",
        inputs.hyperparameters().learner().wireName(),
        roster.trainingRows(),
        roster.trainingPatients(),
        roster.heldOutPatients(),
        quality,
        scoring.alerts(),
        scoring.rows(),
        threshold());
  }

  static String describe(LeakHint hint) {
    return String.format(
        Locale.ROOT,
        "feature '%s' alone tells the label almost without error (AUROC %.4f). Was it recorded"
            + " after the outcome? If so, --exclude it.",
        hint.feature(),
        hint.area());
  }

  Report report(Verdict verdict, List<Measurement> metrics) {
    List<Section> sections = new ArrayList<>();
    if (!leaks.isEmpty()) {
      List<Block> notes = new ArrayList<>();
      leaks.forEach(hint -> notes.add(new Block.Note(describe(hint))));
      sections.add(new Section("Look at this first", notes));
    }
    sections.add(quality(metrics));
    sections.add(people());
    sections.add(missing());
    sections.add(modelSection());
    sections.add(limits());
    return new Report("Training", verdict, lead(), sections).headed("Trained");
  }

  private String lead() {
    long missed = 0;
    long positives = 0;
    double[] scores = scoring.scores();
    boolean[] labels = scoring.positives();
    for (int i = 0; i < scores.length; i++) {
      positives += labels[i] ? 1 : 0;
      missed += labels[i] && scores[i] < threshold() ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "Of %,d rows in the holdout with the outcome, the model alerts %,d and misses %,d."
            + " Whether it misses some groups more than others is for the fairness audit to say.",
        positives,
        positives - missed,
        missed);
  }

  private Section quality(List<Measurement> metrics) {
    return Section.of(
        "How well it tells apart, and whether its scores mean what they say",
        ScoreTables.grid(metrics),
        ScoreTables.reliability(scoring.scores(), scoring.positives()));
  }

  private Section people() {
    List<List<String>> grid = new ArrayList<>();
    for (Map.Entry<String, Roster.Count> group : roster.counts().entrySet()) {
      Roster.Count count = group.getValue();
      grid.add(
          List.of(
              group.getKey(),
              ScoreTables.count(count.rows()),
              ScoreTables.count(count.positives()),
              ScoreTables.percent((double) count.positives() / count.rows()),
              ScoreTables.count(count.heldRows()),
              ScoreTables.count(count.heldPositives())));
    }
    return Section.of(
        "Who is in the data",
        new Block.Figures(
            List.of(
                new Fact(ScoreTables.count(roster.trainingPatients()), "patients trained on"),
                new Fact(ScoreTables.count(roster.heldOutPatients()), "patients held out"),
                new Fact(ScoreTables.count(roster.rows()), "rows in all"),
                new Fact(ScoreTables.count(roster.positives()), "rows with the outcome"))),
        new Block.Grid(
            "Rows by group. A rate that differs may be medicine, or recording.",
            List.of("Group", "Rows", "Positive", "Rate", "Held out", "Positive, held out"),
            grid));
  }

  private Section missing() {
    String heading = "What is not recorded, and of whom";
    if (inputs.roles().sensitive().isEmpty()) {
      return Section.of(
          heading,
          new Block.Paragraph("No sensitive column was named, so there are no groups to compare."));
    }
    List<String> incomplete =
        rows.missing().entrySet().stream()
            .filter(f -> f.getValue().values().stream().anyMatch(share -> share > 0))
            .map(Map.Entry::getKey)
            .toList();
    if (incomplete.isEmpty()) {
      return Section.of(
          heading, new Block.Paragraph("Every feature has a value in every training row."));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Paragraph(
            "Where less is measured, a model knows less, and tends to place people nearer to the"
                + " average: those at high risk are missed."));
    inputs.roles().sensitive().forEach(column -> blocks.add(missing(column, incomplete)));
    return new Section(heading, blocks);
  }

  /// The share without a value, a row a feature, a column a group of one sensitive column.
  private Block missing(String column, List<String> features) {
    List<String> groups =
        roster.counts().keySet().stream().filter(g -> g.startsWith(column + "=")).toList();
    List<String> header = new ArrayList<>(List.of("Feature"));
    groups.forEach(group -> header.add(group.substring(column.length() + 1)));
    List<List<String>> grid = new ArrayList<>();
    for (String feature : features) {
      List<String> cells = new ArrayList<>(List.of(feature));
      Map<String, Double> shares = rows.missing().getOrDefault(feature, Map.of());
      groups.forEach(group -> cells.add(ScoreTables.percent(shares.getOrDefault(group, 0.0))));
      grid.add(cells);
    }
    return new Block.Grid("Training rows without a value, by " + column + ".", header, grid);
  }

  private Section modelSection() {
    List<List<String>> grid = new ArrayList<>();
    inputs.hyperparameters().values().forEach((name, value) -> grid.add(List.of(name, value)));
    String reweighed =
        inputs.roles().reweigh().isEmpty()
            ? "Training rows were not reweighed."
            : "Training rows were reweighed so that the label rate is the same in each group of "
                + String.join(" × ", inputs.roles().reweigh())
                + " (Kamiran and Calders 2012). Scores of reweighed groups are no longer the rates"
                + " the records show.";
    String unseen =
        scoring.unseen().total() == 0
            ? ""
            : " "
                + ScoreTables.count(scoring.unseen().total())
                + " values were categories the training rows do not have; they count as unknown.";
    return Section.of(
        "The model",
        new Block.Paragraph(
            "The learner is "
                + inputs.hyperparameters().learner().wireName()
                + ", on "
                + rows.features().size()
                + " features: "
                + String.join(", ", rows.features().stream().map(f -> f.name()).toList())
                + ". "
                + reweighed
                + unseen),
        new Block.Details(
            "Hyperparameters", List.of(new Block.Grid("", List.of("Name", "Value"), grid))));
  }

  private Section limits() {
    return Section.of(
        "What this cannot say",
        new Block.Bullets(
            List.of(
                "How the model does elsewhere or later: the holdout is drawn from the same table.",
                "Whether the label is the truth. Outcomes that were recorded elsewhere, or never,"
                    + " are negatives here.",
                "How wide the intervals are where patients have several rows: they take rows as"
                    + " independent, and are then a little too narrow.",
                "Whether acting on the alerts helps anybody.")));
  }
}
