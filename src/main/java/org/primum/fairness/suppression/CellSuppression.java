package org.primum.fairness.suppression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.primum.fairness.suppression.Margins.Equation;

/// What may be told of numbers that add up, so that the small ones among them stay unknown.
///
/// A number from 1 to `below` - 1 is small. Of a small one only that is told. Where others would
/// give it away, the largest of those is told as a range too (complementary suppression), until
/// neither elimination nor the bounds of the sums rule out any value from 1 to `below` - 1. The
/// range of such another number is what the sums say of it, once it is left out itself: it adds
/// nothing to what is known. 0 is told: nobody is in it.
///
/// Willenborg and de Waal 2001, *Elements of Statistical Disclosure Control*, chapter 4; Cox 1980,
/// *Suppression methodology and statistical disclosure control*, JASA 75:377-385.
public final class CellSuppression {

  /// Bounds that are not settled by then stay as wide as they are, which is true too.
  private static final int SWEEPS = 64;

  private final Margins margins;
  private final long[] numbers;
  private final int below;
  private final BitSet small = new BitSet();
  private final BitSet hidden = new BitSet();

  private CellSuppression(Margins margins, long[] numbers, int below) {
    this.margins = margins;
    this.numbers = numbers;
    this.below = below;
    for (int i = 0; i < numbers.length; i++) {
      small.set(i, numbers[i] > 0 && numbers[i] < below);
    }
    hidden.or(small);
  }

  /// What may be told of each number, in the order of the margins.
  ///
  /// @param numbers of rows, which add up as the margins say
  /// @param below 0 tells all
  public static List<Range> ranges(Margins margins, long[] numbers, int below) {
    if (numbers.length != margins.size()) {
      throw new IllegalArgumentException(
          numbers.length + " numbers for margins of " + margins.size());
    }
    return List.of(new CellSuppression(margins, numbers.clone(), below).ranges());
  }

  private Range[] ranges() {
    while (true) {
      Range[] told = bounds();
      Optional<Integer> exposed = exposed(told);
      if (exposed.isEmpty()) {
        return told;
      }
      Optional<Integer> another = complement(exposed.get(), told);
      if (another.isEmpty()) {
        return told;
      }
      hidden.set(another.get());
    }
  }

  /// A small number of which the sums tell more than that it is small.
  private Optional<Integer> exposed(Range[] told) {
    Optional<Integer> narrowed =
        small.stream()
            .boxed()
            .filter(i -> told[i].high() - told[i].low() + 1 < enough())
            .findFirst();
    return narrowed.isPresent() ? narrowed : eliminated();
  }

  /// How many values have to stay possible for a small number.
  private int enough() {
    return Math.min(below - 1, Math.max(2, below / 2));
  }

  /// What the sums say of the hidden numbers, with all others known.
  private Range[] bounds() {
    Range[] told = new Range[numbers.length];
    for (int i = 0; i < told.length; i++) {
      told[i] =
          small.get(i)
              ? new Range(1, below - 1L)
              : hidden.get(i) ? new Range(0, Range.UNBOUNDED) : Range.exactly(numbers[i]);
    }
    for (int sweep = 0; sweep < SWEEPS && tighten(told); sweep++) {
      // Each sweep hands on what the one before has found.
    }
    return told;
  }

  private boolean tighten(Range[] told) {
    boolean changed = false;
    for (Equation equation : margins.equations()) {
      changed |= tighten(told, equation.plus(), equation.minus());
      changed |= tighten(told, equation.minus(), equation.plus());
    }
    return changed;
  }

  /// Each number on one side is what the other side has and its neighbours have not.
  private boolean tighten(Range[] told, List<Integer> side, List<Integer> other) {
    boolean changed = false;
    Range sum = sum(told, other);
    Range own = sum(told, side);
    long unbounded = side.stream().filter(place -> !told[place].bounded()).count();
    long most = side.stream().filter(p -> told[p].bounded()).mapToLong(p -> told[p].high()).sum();
    for (int place : side) {
      if (hidden.get(place)) {
        Range was = told[place];
        long others = unbounded - (was.bounded() ? 0 : 1);
        long neighbors = most - (was.bounded() ? was.high() : 0);
        long low = others > 0 ? 0 : Math.max(0, sum.low() - neighbors);
        long high =
            sum.bounded() ? Math.max(low, sum.high() - (own.low() - was.low())) : Range.UNBOUNDED;
        told[place] = was.and(new Range(low, high));
        own = new Range(own.low() - was.low() + told[place].low(), Range.UNBOUNDED);
        unbounded = others + (told[place].bounded() ? 0 : 1);
        most = neighbors + (told[place].bounded() ? told[place].high() : 0);
        changed |= !told[place].equals(was);
      }
    }
    return changed;
  }

  private static Range sum(Range[] told, List<Integer> places) {
    Range sum = Range.NONE;
    for (int place : places) {
      sum = sum.plus(told[place]);
    }
    return sum;
  }

  /// A small number that the equations determine, whatever the bounds say.
  private Optional<Integer> eliminated() {
    int[] columns = hidden.stream().toArray();
    double[][] rows =
        margins.equations().stream()
            .filter(equation -> equation.places().stream().anyMatch(hidden::get))
            .map(equation -> IntStream.of(columns).mapToDouble(equation::sign).toArray())
            .toArray(double[][]::new);
    return Elimination.determined(rows, columns.length).stream()
        .mapToObj(column -> columns[column])
        .filter(small::get)
        .findFirst();
  }

  /// The number that is to be hidden too: the largest that tells the exposed one, everyone last.
  private Optional<Integer> complement(int exposed, Range[] told) {
    BitSet passed = new BitSet();
    return telling(exposed, told, passed)
        .or(() -> largest(with(exposed)))
        .or(() -> largest(connected()));
  }

  /// In a sum whose other numbers are all known. One that is hidden and known all the same leads on
  /// to the sum that tells it.
  ///
  /// @param passed the numbers on the way here
  private Optional<Integer> telling(int exposed, Range[] told, BitSet passed) {
    List<Equation> next =
        with(exposed).stream().filter(e -> e.places().stream().noneMatch(passed::get)).toList();
    passed.set(exposed);
    for (Equation equation : next) {
      List<Integer> others =
          equation.places().stream().filter(place -> place != exposed).sorted(byUse()).toList();
      if (others.stream().allMatch(place -> told[place].exact())) {
        for (int place : others) {
          Optional<Integer> found =
              !hidden.get(place)
                  ? Optional.of(place).filter(p -> numbers[p] > 0)
                  : telling(place, told, passed);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<Equation> with(int place) {
    return margins.equations().stream().filter(e -> e.places().contains(place)).toList();
  }

  /// The sums that hold a hidden number.
  private List<Equation> connected() {
    return margins.equations().stream()
        .filter(e -> e.places().stream().anyMatch(hidden::get))
        .toList();
  }

  private Optional<Integer> largest(List<Equation> equations) {
    List<Integer> known = new ArrayList<>();
    equations.forEach(equation -> known.addAll(equation.places()));
    return known.stream().filter(place -> !hidden.get(place) && numbers[place] > 0).min(byUse());
  }

  /// A range of some rows costs a large number least; everyone's is asked for most.
  private Comparator<Integer> byUse() {
    return Comparator.comparing((Integer place) -> place == 0)
        .thenComparingLong(place -> -numbers[place])
        .thenComparing(Comparator.naturalOrder());
  }
}
