package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Fourteen rows of three numbers from a linear congruential generator. The expected order is the
/// shortest of all 8,192 that turning the halves of clusters can give, tried one by one in Python,
/// the clusters those of scipy 1.17's `complete(pdist(x, "sqeuclidean"))`. (scipy's own
/// `optimal_leaf_ordering` stops at a sum of 2.354782788252858 there.)
final class RowOrderTest {

  private static final int ROWS = 14;

  private static final List<Integer> SHORTEST =
      List.of(6, 10, 13, 2, 4, 11, 7, 8, 12, 5, 0, 9, 1, 3);

  private static List<double[]> columns(int rows, int count) {
    long state = 12345;
    List<double[]> columns = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      double[] values = new double[rows];
      for (int row = 0; row < rows; row++) {
        state = (state * 1_103_515_245L + 12345) % (1L << 31);
        values[row] = state / (double) (1L << 31);
      }
      columns.add(values);
    }
    return columns;
  }

  private static double length(List<double[]> columns, List<Integer> order) {
    double sum = 0;
    for (int i = 1; i < order.size(); i++) {
      for (double[] column : columns) {
        double apart = column[order.get(i)] - column[order.get(i - 1)];
        sum += apart * apart;
      }
    }
    return sum;
  }

  @Test
  void findsTheShortestOfAllOrdersOfTheClusters() {
    List<Integer> order = RowOrder.of(columns(ROWS, 3), ROWS);
    List<Integer> turned = new ArrayList<>(SHORTEST);
    Collections.reverse(turned);
    assertThat(order).isIn(SHORTEST, turned);
    assertThat(length(columns(ROWS, 3), order)).isCloseTo(1.4333159045869692, within(1e-12));
  }

  @Test
  void holdsEachRowOnceWhereManyAreEqual() {
    double[] values = new double[60];
    Arrays.setAll(values, i -> i % 3);
    List<Integer> order = RowOrder.of(List.of(values), 60);
    assertThat(order).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
    assertThat(length(List.of(values), order)).isEqualTo(2);
    assertThat(RowOrder.of(List.of(values), 60)).isEqualTo(order);
  }

  @Test
  void takesOneRowAndNone() {
    assertThat(RowOrder.of(columns(1, 2), 1)).containsExactly(0);
    assertThat(RowOrder.of(List.of(), 0)).isEmpty();
  }
}
