package org.primum.fairness.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.primum.data.NumberColumn;
import org.primum.gate.ConfigInvalidException;

/// How the values of a sensitive column become groups.
public sealed interface Grouping {

  /// The categories a policy declares.
  ///
  /// @param categories in the order of the report
  /// @param other what happens to a value that is none of them
  record Declared(List<String> categories, Other other) implements Grouping {
    public Declared {
      categories = List.copyOf(categories);
      if (categories.isEmpty() || new HashSet<>(categories).size() < categories.size()) {
        throw new ConfigInvalidException("categories: name each category once, got " + categories);
      }
    }
  }

  /// Whatever values the data holds.
  ///
  /// @param maxGroups more categories than this are refused, and so many are planned for; 0 where
  ///   the policy does not say who may come
  record AsFound(int maxGroups) implements Grouping {
    public AsFound {
      if (maxGroups < 0) {
        throw new ConfigInvalidException("maxGroups: at least 1, got " + maxGroups);
      }
    }

    /// Of whoever comes.
    public AsFound() {
      this(0);
    }
  }

  /// Intervals of a number, closed on the left: edges 18 and 65 give `<18`, `[18,65)` and `>=65`.
  ///
  /// @param edges finite, ascending, at least one
  record Bins(List<Double> edges) implements Grouping {
    public Bins {
      edges = List.copyOf(edges);
      for (int i = 0; i < edges.size(); i++) {
        double edge = edges.get(i);
        if (!Double.isFinite(edge) || (i > 0 && !(edges.get(i - 1) < edge))) {
          throw new ConfigInvalidException("bins: give finite edges in ascending order");
        }
      }
      if (edges.isEmpty()) {
        throw new ConfigInvalidException("bins: give at least one edge");
      }
    }

    /// The printed names, from the lowest bin to the highest.
    public List<String> names() {
      List<String> names = new ArrayList<>();
      names.add("<" + NumberColumn.format(edges.getFirst()));
      for (int i = 1; i < edges.size(); i++) {
        String from = NumberColumn.format(edges.get(i - 1));
        names.add("[" + from + "," + NumberColumn.format(edges.get(i)) + ")");
      }
      names.add(">=" + NumberColumn.format(edges.getLast()));
      return names;
    }

    /// The bins between two edges: the policy names both ends, so somebody has to be there. The
    /// open ends are only where the rest would go.
    public List<String> between() {
      List<String> names = names();
      return names.subList(1, names.size() - 1);
    }

    /// The position of the bin of a value in [#names].
    public int bin(double value) {
      int bin = 0;
      while (bin < edges.size() && value >= edges.get(bin)) {
        bin++;
      }
      return bin;
    }
  }

  /// What happens to a category the policy does not declare.
  enum Other {
    /// The audit fails and names it.
    FAIL,
    /// It joins the group `<other>`.
    COLLAPSE
  }

  /// The names that are fixed before any data is seen; none for [AsFound].
  default List<String> planned() {
    return switch (this) {
      case Declared(List<String> categories, Other _) -> categories;
      case AsFound _ -> List.of();
      case Bins bins -> bins.names();
    };
  }

  /// How many groups there can be of rows with a value; 0 where the policy does not say.
  default int most() {
    return switch (this) {
      case Declared(List<String> categories, Other other) ->
          categories.size() + (other == Other.COLLAPSE ? 1 : 0);
      case AsFound(int maxGroups) -> maxGroups;
      case Bins bins -> bins.names().size();
    };
  }
}
