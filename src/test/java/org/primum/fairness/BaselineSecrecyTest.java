package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreScale;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Comparison;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// Two models judged the same people, so what one audit hides the other must not tell. Everybody
/// has the outcome here: found or missed, by either model, in the four cells of two attributes of
/// two groups each. Few enough that an attacker can try every number of people, found now and found
/// before.
final class BaselineSecrecyTest {

  private static final int BELOW = 4;

  /// The attacker tries more people in a cell than there ever are.
  private static final int MOST = 6;

  private static final FairnessPolicy POLICY =
      Audits.policy(
          """
          attributes: [{name: g, column: g, reference: a}, {name: h, column: h, reference: x}]
          minimum: {n: 1, positives: 1, negatives: 1}
          suppress: {below: %d}
          rules:
            - {id: r, metric: tpr, over: all, against: baseline, maxDrop: 0.1, decide: exclude-harm}
          """
              .formatted(BELOW));

  private static final List<List<String>> CELLS =
      List.of(List.of("a", "x"), List.of("b", "x"), List.of("a", "y"), List.of("b", "y"));

  /// The groups, by the cells that they are made of; everyone last.
  private static final Map<String, List<Integer>> GROUPS =
      new TreeMap<>(
          Map.of(
              "g=a",
              List.of(0, 2),
              "g=b",
              List.of(1, 3),
              "h=x",
              List.of(0, 1),
              "h=y",
              List.of(2, 3),
              Measurement.OVERALL,
              List.of(0, 1, 2, 3)));

  /// People of each cell, found now and found before.
  private static final class World {
    private final int[] people;
    private final int[] now;
    private final int[] before;

    World(int[] people, int[] now, int[] before) {
      this.people = people;
      this.now = now;
      this.before = before;
    }

    Tally tally(int[] found) {
      SortedMap<List<String>, GroupTally> cells = new TreeMap<>(Tally.ORDER);
      for (int i = 0; i < people.length; i++) {
        if (people[i] > 0) {
          cells.put(CELLS.get(i), Cohorts.tally(found[i], 0, people[i] - found[i], 0));
        }
      }
      return new Tally(Tally.Layout.of(POLICY), new ScoreScale.Exact(), cells);
    }
  }

  private static int sum(int[] cells, String group) {
    return GROUPS.getOrDefault(group, List.of()).stream().mapToInt(i -> cells[i]).sum();
  }

  /// What the audit tells: ranges of found and missed of each group, and the share of found before
  /// where it is printed (as a difference to a share that is).
  private record Told(
      Map<String, Range> found, Map<String, Range> missed, Map<String, Double> before) {

    static Told of(World world) {
      AuditResult result =
          FairnessAudit.audit(
              world.tally(world.now), world.tally(world.before), POLICY, Audits.TODAY);
      Told told = new Told(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
      told.add(Measurement.OVERALL, result.disclosure().everyone().cells());
      result.disclosure().groups().forEach((group, shown) -> told.add(group.name(), shown.cells()));
      for (String group : told.found().keySet()) {
        Optional<Double> now = number(result, group, new Comparison.Alone());
        number(result, group, new Comparison.With("baseline", "baseline"))
            .ifPresent(change -> told.before().put(group, now.orElseThrow() - change));
      }
      return told;
    }

    private void add(String group, List<Range> cells) {
      found.put(group, cells.get(Counts.index(Outcome.POSITIVE, Outcome.POSITIVE)));
      missed.put(group, cells.get(Counts.index(Outcome.POSITIVE, Outcome.NEGATIVE)));
    }

    private static Optional<Double> number(AuditResult result, String group, Comparison with) {
      return result.metrics().stream()
          .filter(m -> m.metric().equals("tpr") && m.group().equals(group))
          .filter(m -> m.comparison().equals(with))
          .filter(m -> m.value() instanceof Measure.Known)
          .map(m -> ((Measure.Known) m.value()).value())
          .findFirst();
    }

    boolean fitsNow(int[] people, int[] now) {
      return GROUPS.keySet().stream()
          .allMatch(group -> {
            int all = sum(people, group);
            int in = sum(now, group);
            return found.containsKey(group)
                ? found.getOrDefault(group, Range.NONE).holds(in)
                    && missed.getOrDefault(group, Range.NONE).holds(all - in)
                : all == 0;
          });
    }

    boolean fitsBefore(int[] people, int[] earlier) {
      return before.entrySet().stream()
          .allMatch(told ->
              Math.abs(told.getValue() * sum(people, told.getKey()) - sum(earlier, told.getKey()))
                  < 1e-6);
    }
  }

  /// Every number that each group's four counts take in some world that fits all that is told.
  private static Map<String, Set<Integer>> attack(Told told) {
    Map<String, Set<Integer>> possible = new TreeMap<>();
    List<int[]> numbers = new ArrayList<>();
    tuples(new int[4], 0, new int[] {MOST, MOST, MOST, MOST}, numbers);
    for (int[] people : numbers) {
      List<int[]> earlier = new ArrayList<>();
      for (int[] now : within(people)) {
        if (told.fitsNow(people, now)) {
          earlier = earlier.isEmpty() ? within(people) : earlier;
          for (int[] before : earlier) {
            if (told.fitsBefore(people, before)) {
              note(possible, new World(people, now, before));
            }
          }
        }
      }
    }
    return possible;
  }

  private static List<int[]> within(int[] most) {
    List<int[]> all = new ArrayList<>();
    tuples(new int[4], 0, most, all);
    return all;
  }

  private static void tuples(int[] so, int at, int[] most, List<int[]> all) {
    if (at == so.length) {
      all.add(so.clone());
      return;
    }
    for (int value = 0; value <= most[at]; value++) {
      so[at] = value;
      tuples(so, at + 1, most, all);
    }
  }

  private static void note(Map<String, Set<Integer>> possible, World world) {
    counts(world)
        .forEach((count, n) -> possible.computeIfAbsent(count, _ -> new HashSet<>()).add(n));
  }

  private static Map<String, Integer> counts(World world) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String group : GROUPS.keySet()) {
      int people = sum(world.people, group);
      counts.put(group + " found now", sum(world.now, group));
      counts.put(group + " missed now", people - sum(world.now, group));
      counts.put(group + " found before", sum(world.before, group));
      counts.put(group + " missed before", people - sum(world.before, group));
    }
    return counts;
  }

  @Property(tries = 60)
  @Tag("slow")
  @Label("no small number under either model is the only one that fits everything that is told")
  void noSmallNumberUnderEitherModelCanBeComputed(
      @ForAll @Size(4) List<@IntRange(min = 0, max = 4) Integer> people,
      @ForAll @Size(4) List<@IntRange(min = 0, max = 4) Integer> now,
      @ForAll @Size(4) List<@IntRange(min = 0, max = 4) Integer> before) {
    World world = new World(new int[4], new int[4], new int[4]);
    for (int i = 0; i < 4; i++) {
      world.people[i] = people.get(i);
      world.now[i] = Math.min(people.get(i), now.get(i));
      world.before[i] = Math.min(people.get(i), before.get(i));
    }
    Assume.that(sum(world.people, Measurement.OVERALL) >= 2 * BELOW);
    Map<String, Set<Integer>> possible = attack(Told.of(world));
    counts(world)
        .forEach((count, n) -> {
          assertThat(possible.get(count)).as(count).contains(n);
          if (n > 0 && n < BELOW) {
            assertThat(possible.get(count))
                .as(count + " of " + Told.of(world))
                .hasSizeGreaterThan(1);
          }
        });
  }
}
