package org.primum.fairness;

import java.util.Optional;
import org.primum.fairness.policy.AuditData.Target;
import org.primum.fairness.tally.ClassCounts;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// Whether the model says the same of everybody, so that no disparity can show.
record DegenerateDecision(Target target, GroupTally everyone) {

  Optional<String> note() {
    return switch (target) {
      case Target.Event _ -> ofEvent(everyone.counts());
      case Target.Classes classes -> ofClasses(classes, everyone.classes());
      case Target.Quantity _ -> Optional.empty();
    };
  }

  private static Optional<String> ofEvent(Counts counts) {
    long selected = counts.over(Counts.SELECTED).n();
    long decided = selected + counts.over(Counts.NOT_SELECTED).n();
    if (decided == 0 || (selected > 0 && selected < decided)) {
      return Optional.empty();
    }
    String who = selected == 0 ? "nobody" : "everybody";
    return Optional.of("Degenerate decision: " + who + " is predicted positive.");
  }

  private static Optional<String> ofClasses(Target.Classes classes, ClassCounts counts) {
    long decided = 0;
    long most = 0;
    String name = "";
    for (int i = 0; i < classes.names().size(); i++) {
      long selected = counts.oneAgainstRest(i).over(Counts.SELECTED).n();
      decided += selected;
      name = selected > most ? classes.names().get(i) : name;
      most = Math.max(most, selected);
    }
    return decided > 0 && most == decided
        ? Optional.of("Degenerate decision: everybody is predicted to be of class " + name + ".")
        : Optional.empty();
  }
}
