package org.primum.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;

/// Models A, B, C and D are promoted and rolled back under one name; the tests read like the
/// registry's diary.
final class HistoryTest {

  private static final Digest A = Digest.of("a");
  private static final Digest B = Digest.of("b");
  private static final Digest C = Digest.of("c");

  private final List<Pointer> diary = new ArrayList<>();

  @Test
  void theFirstModelHasNothingToGoBackTo() {
    promote(A);
    assertThat(now().sequence()).isEqualTo(1);
    assertThat(now().previous()).isEqualTo(new Slot.Empty());
    assertThat(history().rollback(move())).isEmpty();
  }

  @Test
  void theModelThatServedBecomesLastKnownGoodWhenANewerOneIsPromoted() {
    promote(A);
    promote(B);
    assertThat(now().model()).isEqualTo(B);
    assertThat(now().previous()).isEqualTo(Slot.of(A));
    assertThat(now().lastKnownGood()).isEqualTo(Slot.of(A));
  }

  @Test
  void aRollbackGoesToTheLastKnownGoodAndMarksWhatItLeft() {
    promote(A);
    promote(B);
    rollback();
    assertThat(now().model()).isEqualTo(A);
    assertThat(now().previous()).isEqualTo(Slot.of(B));
    assertThat(now().sequence()).isEqualTo(3);
    assertThat(history().withdrawn()).containsExactly(B);
  }

  @Test
  void aRolledBackModelIsNoTargetOfAnotherRollback() {
    promote(A);
    promote(B);
    rollback();
    assertThat(now().lastKnownGood()).isEqualTo(new Slot.Empty());
    assertThat(history().rollback(move())).isEmpty();
  }

  @Test
  void rollbacksGoBackOneByOne() {
    promote(A);
    promote(B);
    promote(C);
    rollback();
    assertThat(now().model()).isEqualTo(B);
    assertThat(now().lastKnownGood()).isEqualTo(Slot.of(A));
    rollback();
    assertThat(now().model()).isEqualTo(A);
    assertThat(history().withdrawn()).containsExactly(C, B);
  }

  @Test
  void aPromotionAfterARollbackSkipsTheModelThatWasRolledBack() {
    promote(A);
    promote(B);
    rollback();
    promote(C);
    assertThat(now().lastKnownGood()).isEqualTo(Slot.of(A));
  }

  @Test
  void aRolledBackModelCountsAgainOnlyAfterAPromotionOfItsOwn() {
    promote(A);
    promote(B);
    rollback();
    promote(B);
    assertThat(history().withdrawn()).isEmpty();
    promote(C);
    assertThat(now().lastKnownGood()).isEqualTo(Slot.of(B));
  }

  @Test
  void aModelPromotedAgainAndRolledBackIsNoLongerKnownGoodFromBefore() {
    promote(A);
    promote(B);
    promote(A);
    rollback();
    assertThat(now().model()).isEqualTo(B);
    assertThat(now().lastKnownGood()).isEqualTo(new Slot.Empty());
  }

  @Test
  void aPointerNeverLeadsToItsOwnModel() {
    promote(A);
    assertThatThrownBy(() -> promote(A)).isInstanceOf(ProvenanceInvalidException.class);
  }

  @Test
  void refusesAHistoryWithAGap() {
    promote(A);
    promote(B);
    promote(C);
    diary.remove(1);
    assertThatThrownBy(this::history)
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("entry 3 of the history of 'readmission'");
  }

  @Test
  void refusesAHistoryWhoseLastKnownGoodWasForged() {
    promote(A);
    promote(B);
    Pointer p = now();
    diary.set(
        1, new Pointer(p.name(), 2, B, Slot.of(A), Slot.of(C), p.decision(), p.nonce(), p.time()));
    assertThatThrownBy(this::history).isInstanceOf(ProvenanceInvalidException.class);
  }

  @Test
  void refusesAHistoryOfAnotherName() {
    promote(A);
    diary.add(Pointer.first("other", B, move()).promote(C, move()));
    assertThatThrownBy(this::history).isInstanceOf(ProvenanceInvalidException.class);
  }

  private void promote(Digest model) {
    diary.add(
        diary.isEmpty()
            ? Pointer.first("readmission", model, move())
            : now().promote(model, move()));
  }

  private void rollback() {
    diary.add(history().rollback(move()).orElseThrow());
  }

  private Pointer now() {
    return diary.getLast();
  }

  private History history() {
    return new History(diary);
  }

  private Move move() {
    return new Move(
        Digest.of("decision"), "nonce-" + diary.size(), Instant.parse("2026-11-20T12:00:00Z"));
  }
}
