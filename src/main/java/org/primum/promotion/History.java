package org.primum.promotion;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;

/// All pointers of one name, from the first promotion to the current one.
///
/// A promotion puts the model that was current on top of the known good ones; a rollback goes to
/// the top of them and withdraws the model it leaves. A withdrawn model becomes known good again
/// only by a promotion of its own, with evidence of its own.
public final class History {

  private final List<Pointer> entries;
  private final Deque<Digest> good = new ArrayDeque<>();
  private final SequencedSet<Digest> withdrawn = new LinkedHashSet<>();

  /// @param entries in order of their sequence, at least one
  /// @throws ProvenanceInvalidException where one entry does not follow from the one before
  public History(List<Pointer> entries) {
    this.entries = List.copyOf(entries);
    Pointer before = this.entries.getFirst();
    require(before.sequence() == 1 && before.previous().equals(new Slot.Empty()), before);
    require(before.lastKnownGood().equals(new Slot.Empty()), before);
    for (Pointer entry : this.entries.subList(1, this.entries.size())) {
      follow(before, entry);
      before = entry;
    }
  }

  public Pointer current() {
    return entries.getLast();
  }

  public List<Pointer> entries() {
    return entries;
  }

  /// The models that were rolled back and not promoted again, oldest first.
  public Set<Digest> withdrawn() {
    return java.util.Collections.unmodifiableSequencedSet(withdrawn);
  }

  /// Where a rollback goes, if anywhere.
  public Optional<Digest> lastKnownGood() {
    return Optional.ofNullable(good.peek());
  }

  /// The pointer after a rollback; empty where there is no last known good model.
  public Optional<Pointer> rollback(Move move) {
    Deque<Digest> left = new ArrayDeque<>(good);
    return Optional.ofNullable(left.poll()).map(target -> current().next(target, top(left), move));
  }

  private void follow(Pointer before, Pointer entry) {
    require(entry.name().equals(before.name()), entry);
    require(entry.sequence() == before.sequence() + 1, entry);
    require(entry.previous().holds(before.model()), entry);
    if (entry.lastKnownGood().holds(before.model())) {
      good.remove(entry.model());
      withdrawn.remove(entry.model());
      good.push(before.model());
    } else {
      require(!good.isEmpty() && good.pop().equals(entry.model()), entry);
      withdrawn.add(before.model());
    }
    require(entry.lastKnownGood().equals(top(good)), entry);
  }

  private static Slot top(Deque<Digest> models) {
    return models.isEmpty() ? new Slot.Empty() : Slot.of(models.element());
  }

  private static void require(boolean follows, Pointer entry) {
    if (!follows) {
      throw new ProvenanceInvalidException(
          "entry %d of the history of '%s' does not follow from the one before: somebody changed"
                  .formatted(entry.sequence(), entry.name())
              + " the registry by hand; restore it from a copy");
    }
  }
}
