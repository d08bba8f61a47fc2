package org.primum.step.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.promotion.Pointer;
import org.primum.step.StepResult;

/// The race for a registry in a directory.
@Tag("slow")
final class PromotionRaceTest implements PromotionRaceContract {

  /// Each of these tries again until it wins, so their work grows with the square.
  private static final int STUBBORN = 16;

  @TempDir Path root;

  @Override
  public RegistryWorld world() {
    return RegistryWorld.in(root);
  }

  @Test
  void promotersThatTryUntilTheyWinLoseNoUpdate() throws Exception {
    RegistryWorld world = PromotionRaceContract.world(world(), STUBBORN);
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < STUBBORN; i++) {
      String model = "m" + i;
      all.add(() -> {
        boolean won = false;
        while (!won) {
          won = world.promote(model, world.store()) instanceof StepResult.Passed;
        }
        return won;
      });
    }
    assertThat(PromotionRaceContract.run(all)).hasSize(STUBBORN);
    List<Pointer> entries = world.history().entries();
    assertThat(entries).hasSize(STUBBORN);
    assertThat(new HashSet<>(entries.stream().map(Pointer::model).toList())).hasSize(STUBBORN);
    assertThat(new HashSet<>(entries.stream().map(Pointer::nonce).toList())).hasSize(STUBBORN);
    world.assertServable();
  }
}
