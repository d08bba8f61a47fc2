package org.primum.cli;

import java.util.List;

/// The steps of the command line, in the order in which help lists them.
final class Commands {

  private Commands() {}

  static List<Object> all(Session session) {
    return List.of(
        new CohortCommand(session),
        new TrainCommand(session),
        new ScoreCommand(session),
        new FairnessAuditCommand(session),
        new ShapPlanCommand(session),
        new ShapBatchCommand(session),
        new ShapMergeCommand(session),
        new DpNoiseCommand(session),
        new GateCommand(session),
        new PromoteCommand(session),
        new RollbackCommand(session),
        new StatusCommand(session),
        new DescribeCommand(session));
  }
}
