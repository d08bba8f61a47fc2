package org.primum.cli;

import java.util.List;
import picocli.CommandLine.Command;

/// The steps of the command line, in the order in which help lists them.
final class Commands {

  private Commands() {}

  /// The commands that this command line needs: the step that its first word names, or all. To
  /// build the model of all takes as long as a gate.
  static List<Object> asked(Session session) {
    List<Object> all = all(session);
    return all.stream()
        .filter(command -> command instanceof StepCommand<?> step && isNamed(step, session))
        .findFirst()
        .map(List::of)
        .orElse(all);
  }

  private static boolean isNamed(StepCommand<?> step, Session session) {
    String name = step.getClass().getAnnotation(Command.class).name();
    return session.arguments().stream().limit(1).anyMatch(name::equals);
  }

  private static List<Object> all(Session session) {
    return List.of(
        new CohortCommand(session),
        new TrainCommand(session),
        new ScoreCommand(session),
        new FairnessInitCommand(session),
        new FairnessConvertCommand(session),
        new FairnessPlanCommand(session),
        new FairnessAuditCommand(session),
        new FairnessTallyCommand(session),
        new FairnessMergeCommand(session),
        new ShapPlanCommand(session),
        new ShapBatchCommand(session),
        new ShapMergeCommand(session),
        new ExplainCommand(session),
        new DpNoiseCommand(session),
        new GateCommand(session),
        new PromoteCommand(session),
        new RollbackCommand(session),
        new RecordCommand(session),
        new StatusCommand(session),
        new DescribeCommand(session));
  }
}
