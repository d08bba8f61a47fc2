package org.primum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Patients P0, P1, …, each with as many admissions as the test says.
final class PatientSplitTest {

  @Property
  void noPatientIsOnBothSides(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share,
      @ForAll List<String> ids) {
    var split = new PatientSplit(seed, share);
    Set<String> trained = new HashSet<>();
    Set<String> held = new HashSet<>();
    for (int admission = 0; admission < 3; admission++) {
      ids.forEach(id -> (split.holdsOut(id) ? held : trained).add(id));
    }
    trained.retainAll(held);
    assertThat(trained).isEmpty();
  }

  /// Python 3.11: `int.from_bytes(hashlib.sha256(f"7:P{i}".encode()).digest()[:8], "big") / 2**64 <
  /// 0.25` for i in 0..19.
  @Test
  void isWhatAnyToolCanRedo() {
    var split = new PatientSplit(7, 0.25);
    List<Integer> held =
        java.util.stream.IntStream.range(0, 20)
            .filter(i -> split.holdsOut("P" + i))
            .boxed()
            .toList();
    assertThat(held).isEqualTo(List.of(3, 5, 9, 10, 14, 15, 16));
  }

  /// 100,000 patients: the share held out has standard error 0.00137; five of them happen by chance
  /// once in 1.7 million.
  @Test
  @Tag("statistical")
  void holdsOutAboutTheShareAsked() {
    var split = new PatientSplit(1, 0.25);
    long held =
        java.util.stream.IntStream.range(0, 100_000).filter(i -> split.holdsOut("P" + i)).count();
    assertThat(held / 100_000.0).isCloseTo(0.25, within(0.0069));
  }

  @Test
  void anotherSeedHoldsOutOthers() {
    var one = new PatientSplit(1, 0.5);
    var two = new PatientSplit(2, 0.5);
    long same =
        java.util.stream.IntStream.range(0, 1000)
            .filter(i -> one.holdsOut("P" + i) == two.holdsOut("P" + i))
            .count();
    assertThat(same).isBetween(400L, 600L);
  }
}
