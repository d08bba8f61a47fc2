package org.primum.privacy;

import java.math.BigInteger;
import java.util.List;

/// How a query is answered: its parts, each an integer statistic with its own noise.
///
/// @param parts one, or for a mean the sum and the count
public record QueryPlan(Query query, List<Part> parts) {

  /// @param name `count` or `sum`
  /// @param gridExponent the power of two one step of the statistic is worth; 0 for counts
  public record Part(String name, Statistic statistic, int gridExponent, Mechanism mechanism) {

    /// The exact noise and the grid it is drawn on, as a ledger names it: `sigma2 50`, or `scale 64
    /// steps of 2^-25`.
    public String noise() {
      String parameter = mechanism.parameter();
      return gridExponent == 0 ? parameter : parameter + " steps of 2^" + gridExponent;
    }
  }

  public QueryPlan {
    parts = List.copyOf(parts);
  }

  /// The plan under a relation and a bound on rows. It depends on declared values only.
  public static QueryPlan of(Query query, Relation relation, int maxRows) {
    return switch (query) {
      case Query.RowCount(_, PrivacyLoss loss) ->
          new QueryPlan(query, List.of(part(new Statistic.Rows(), 0, loss, relation, maxRows)));
      case Query.PatientCount(_, PrivacyLoss loss) ->
          new QueryPlan(query, List.of(part(new Statistic.Patients(), 0, loss, relation, maxRows)));
      case Query.Table table -> {
        Statistic cells = new Statistic.Cells(table.declaredCells() + 1);
        yield new QueryPlan(query, List.of(part(cells, 0, table.loss(), relation, maxRows)));
      }
      case Query.Sum(_, PrivacyLoss loss, _, Bounds bounds) -> {
        Statistic sum = new Statistic.ClampedSum(bounds.lowerStep(), bounds.upperStep());
        yield new QueryPlan(
            query, List.of(part(sum, bounds.gridExponent(), loss, relation, maxRows)));
      }
      case Query.Mean(_, PrivacyLoss loss, _, Bounds bounds) ->
          new QueryPlan(query, mean(bounds, loss, relation, maxRows));
    };
  }

  /// Half of the loss for the sum of values centered on the middle of the bounds, half for their
  /// count. Centered values halve the sum's sensitivity under add-remove; the grid is halved with
  /// them, so that the middle is a whole number of steps. Nothing better is known without looking
  /// at the data first: the mean itself has sensitivity `(U - L) / 2` whatever the number of rows.
  private static List<Part> mean(Bounds bounds, PrivacyLoss loss, Relation relation, int maxRows) {
    BigInteger reach = bounds.upperStep().subtract(bounds.lowerStep());
    Statistic sum = new Statistic.ClampedSum(reach.negate(), reach);
    return List.of(
        part(sum, bounds.gridExponent() - 1, loss.half(), relation, maxRows),
        part(new Statistic.Rows(), 0, loss.half(), relation, maxRows));
  }

  private static Part part(
      Statistic statistic, int gridExponent, PrivacyLoss loss, Relation relation, int maxRows) {
    Sensitivity sensitivity = Sensitivity.of(statistic, relation, maxRows);
    String name = statistic instanceof Statistic.ClampedSum ? "sum" : "count";
    return new Part(name, statistic, gridExponent, Mechanism.of(sensitivity, loss));
  }
}
