package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ScoreScale;

/// Every metric of a group, by its name in a policy.
public final class GroupMetrics {

  /// Groups whose scores are kept at hand; a table of more is read anew for each rule.
  private static final int KEPT = 64;

  private final Benefit benefit;
  private final TableMetrics ofTables;
  private final AuditData.Target target;
  private final ScoreScale scale;
  private final SpecialRates rates;
  private final DataMetrics data;
  private final ClinicalMetrics clinical;

  /// The group that was asked for last, where rows come in clusters.
  private final IdentityHashMap<GroupTally, Clustered> clustered = new IdentityHashMap<>();

  private final IdentityHashMap<GroupTally, ScoredRows> scored = new IdentityHashMap<>();

  /// With the usual bootstrap.
  public GroupMetrics(AuditData.Target target, GroupTally everyone, ScoreScale scale) {
    this(target, everyone, scale, Statistics.Bootstrap.USUAL);
  }

  /// @param target what is predicted
  /// @param everyone the tally of all rows, which quantiles and shares are taken from
  /// @param scale where scores are counted
  /// @param drawn how numbers without an interval in closed form are drawn anew
  public GroupMetrics(
      AuditData.Target target, GroupTally everyone, ScoreScale scale, Statistics.Bootstrap drawn) {
    CountBootstrap bootstrap = new CountBootstrap(drawn.seed(), drawn.replicates());
    this.benefit = new Benefit(bootstrap);
    this.ofTables = new TableMetrics(bootstrap);
    this.target = target;
    this.scale = scale;
    this.rates = new SpecialRates(everyone);
    this.data = new DataMetrics(everyone);
    this.clinical = new ClinicalMetrics(everyone, scale);
  }

  /// The metrics that result files list, whether or not a rule speaks of them: all that the data
  /// can have without an argument, net benefit where a patient is flagged, and those of the rules.
  public List<MetricRef> listed(FairnessPolicy policy) {
    Set<MetricRef> listed = new LinkedHashSet<>();
    switch (target) {
      case AuditData.Target.Event event -> listed.addAll(ofEvent(event, policy.data().hasScores()));
      case AuditData.Target.Classes classes -> listed.addAll(ofClasses(classes));
      case AuditData.Target.Quantity _ -> listed.addAll(whole(Metric.Family.REGRESSION));
    }
    whole(Metric.Family.DATA).stream().filter(this::hasColumns).forEach(listed::add);
    policy.rules().stream()
        .map(Rule::metric)
        .filter(ref -> ref.metric() != Metric.MISSING_RATE)
        .filter(ref -> ref.metric().scope() == Metric.Scope.GROUP)
        .forEach(listed::add);
    return List.copyOf(listed);
  }

  /// Rows without a value of an attribute are no group's, and labels that are no event have no
  /// rate.
  private boolean hasColumns(MetricRef ref) {
    return switch (ref.metric()) {
      case MISSING_RATE -> false;
      case KL, JS -> target instanceof AuditData.Target.Event;
      default -> true;
    };
  }

  private static List<MetricRef> ofEvent(AuditData.Target.Event event, boolean scored) {
    List<MetricRef> all = new ArrayList<>(whole(Metric.Family.RATE));
    if (scored) {
      whole(Metric.Family.SCORE).stream()
          .filter(ref -> ref.metric().scope() == Metric.Scope.GROUP)
          .forEach(all::add);
      all.addAll(whole(Metric.Family.CALIBRATION));
    }
    if (event.decision() instanceof AuditData.Decision.ByThreshold(String _, double threshold)
        && threshold > 0
        && threshold < 1) {
      all.add(MetricRef.at(Metric.NET_BENEFIT, threshold));
      all.add(MetricRef.at(Metric.STANDARDIZED_NET_BENEFIT, threshold));
    }
    all.add(MetricRef.of(Metric.NNT_ALERT));
    all.addAll(RateMixture.METRICS.stream().map(MetricRef::of).toList());
    return all;
  }

  /// The metrics of a family that take no argument.
  private static List<MetricRef> whole(Metric.Family family) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.family() == family && !metric.takesArgument())
        .filter(metric -> metric != Metric.CONFUSION_TENSOR)
        .map(MetricRef::of)
        .toList();
  }

  private static List<MetricRef> ofClasses(AuditData.Target.Classes classes) {
    List<MetricRef> all = new ArrayList<>();
    all.add(MetricRef.of(Metric.ACCURACY));
    all.add(MetricRef.of(Metric.ERROR_RATE));
    if (classes.names().size() <= LISTED_CLASSES) {
      all.addAll(confusion(classes));
    }
    List<String> names = new ArrayList<>(classes.names());
    names.add(AuditData.Target.Classes.MACRO);
    for (String name : names) {
      for (GroupRate rate : GroupRate.values()) {
        if (rate.metric().family() == Metric.Family.RATE) {
          all.add(new MetricRef(rate.metric(), new MetricRef.Argument.OfClass(name)));
        }
      }
    }
    return all;
  }

  /// More classes make more cells than anybody reads; a rule can ask for any of them.
  private static final int LISTED_CLASSES = 12;

  /// Every class taken for every class.
  private static List<MetricRef> confusion(AuditData.Target.Classes classes) {
    List<MetricRef> cells = new ArrayList<>();
    for (String label : classes.names()) {
      for (String prediction : classes.names()) {
        cells.add(
            new MetricRef(
                Metric.CONFUSION_TENSOR, new MetricRef.Argument.OfCell(label, prediction)));
      }
    }
    return cells;
  }

  /// The metric of a group.
  public Estimate estimate(MetricRef ref, GroupTally group) {
    if (group.draws().isNone()) {
      return independent(ref, group);
    }
    if (!clustered.containsKey(group)) {
      clustered.clear();
    }
    boolean event = target instanceof AuditData.Target.Event;
    Clustered of = clustered.computeIfAbsent(group, rows -> new Clustered(rows, event, scale));
    return of.estimate(ref.metric(), rows -> independent(ref, rows));
  }

  /// As if the rows were independent.
  private Estimate independent(MetricRef ref, GroupTally group) {
    Metric metric = ref.metric();
    return switch (metric.family()) {
      case RATE -> rate(ref, group);
      case SCORE -> ScoreMetrics.estimate(metric, scored(group));
      case CALIBRATION -> CalibrationMetrics.estimate(metric, scored(group));
      case CLINICAL -> clinical.estimate(ref, scored(group));
      case REGRESSION -> new QuantityMetrics(group.quantity()).estimate(metric);
      case DATA -> data.estimate(metric, group);
      case INEQUALITY -> benefit.within(ref, group);
      case COMPOSITE -> RateMixture.of(metric, group);
      case OMNIBUS, PROXY -> throw new IllegalStateException(metric.id() + " is of no group");
    };
  }

  /// A number of all groups of a table at once.
  ///
  /// @param groups those that can be judged, the reference first
  public Estimate ofTable(MetricRef ref, List<GroupTally> groups) {
    return ofTables.of(ref, groups);
  }

  /// The metric of a group as far as it may be told. What is made of numbers that are told as
  /// ranges is a range; metrics of the score are rounded then, and what neither can be done to is
  /// as if there were too few rows.
  ///
  /// @param all everyone, as far as it may be told
  public Estimate estimate(MetricRef ref, Shown group, Shown all) {
    Metric metric = ref.metric();
    Optional<GroupRate> rate = GroupRate.of(metric);
    if (target instanceof AuditData.Target.Classes classes
        && metric.family() == Metric.Family.RATE) {
      return ofClasses(classes, ref, group);
    }
    if (rate.isPresent()) {
      return rate.get().estimate(group);
    }
    if (metric == Metric.REPRESENTATION) {
      return Shares.of(group, all, metric.undefined());
    }
    Estimate exact = estimate(ref, group.tally());
    return group.exact() && all.exact() ? exact : Blurred.of(exact, metric, group);
  }

  private static boolean isMacro(MetricRef ref) {
    return ref.argument() instanceof MetricRef.Argument.OfClass(String name)
        && name.equals(AuditData.Target.Classes.MACRO);
  }

  /// Rows of one patient make intervals longer, which ranges of rows do not tell; those of a mean
  /// class by class.
  private Estimate ofClasses(AuditData.Target.Classes classes, MetricRef ref, Shown group) {
    boolean alone = group.tally().draws().isNone();
    if (group.exact() && !alone && isMacro(ref)) {
      List<Estimate> each =
          classes.names().stream()
              .map(name -> new MetricRef(ref.metric(), new MetricRef.Argument.OfClass(name)))
              .map(one -> estimate(one, group.tally()))
              .toList();
      return new ClassRates(classes).macro(GroupRate.of(ref.metric()).orElseThrow(), each);
    }
    if (group.exact()) {
      return estimate(ref, group.tally());
    }
    return alone ? rate(classes, ref, group) : untold(rate(classes, ref, group));
  }

  /// How far the scores of a group are from those of others, as far as it may be told.
  ///
  /// @param metric `ks_score` or `w1_score`
  public Estimate distance(Metric metric, Shown group, Shown others) {
    return ScoreDistance.of(metric, side(group), side(others));
  }

  private ScoreDistance.Side side(Shown shown) {
    return new ScoreDistance.Side(scored(shown.tally()), shown);
  }

  /// As if a number stood on too few rows to be told; without a value where there are no rows.
  public Estimate untold(Estimate exact) {
    boolean rows = exact.defined() || exact.support().rows() > 0;
    return rows ? RangedRate.untold(exact.support()) : exact;
  }

  private Estimate rate(MetricRef ref, GroupTally group) {
    if (target instanceof AuditData.Target.Classes classes) {
      return rate(classes, ref, Shown.whole(group));
    }
    return GroupRate.of(ref.metric())
        .map(rate -> rate.estimate(group))
        .orElseGet(() -> rates.estimate(ref.metric(), group));
  }

  private static Estimate rate(AuditData.Target.Classes classes, MetricRef ref, Shown group) {
    ClassRates rates = new ClassRates(classes);
    return switch (ref.argument()) {
      case MetricRef.Argument.OfClass(String name) ->
          rates.rate(GroupRate.of(ref.metric()).orElseThrow(), name, group);
      case MetricRef.Argument.OfCell(String label, String prediction) ->
          rates.taken(label, prediction, group);
      case MetricRef.Argument.None _,
          MetricRef.Argument.At _,
          MetricRef.Argument.Alpha _,
          MetricRef.Argument.OfRate _,
          MetricRef.Argument.OfColumn _ ->
          rates.right(ref.metric(), group);
    };
  }

  /// What a group needs in each tenth of everyone's scores; where the data says what patients need.
  public List<NeedMetrics.Tenth> needByTenth(GroupTally group) {
    return clinical.needByTenth(scored(group));
  }

  private ScoredRows scored(GroupTally group) {
    if (scored.size() >= KEPT) {
      scored.clear();
    }
    return scored.computeIfAbsent(group, g -> ScoredRows.of(g, scale));
  }
}
