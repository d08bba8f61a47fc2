package org.primum.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.primum.data.DataInvalidException;
import org.primum.explain.background.BackgroundPass;
import org.primum.explain.background.BackgroundValues;
import org.primum.explain.background.ComparedPass;
import org.primum.explain.background.PatternCounter;
import org.primum.explain.background.PatternExplanation;
import org.primum.explain.background.PatternHistogram;
import org.primum.explain.table.BundleCounter;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafRows;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreePass;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.Precision;
import org.primum.model.FeatureMatrix;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// How many background rows reach each leaf of an ensemble with which pattern.
///
/// It holds at most one number for each pattern of each leaf, whatever the number of rows.
public final class TreeBackground implements Background {

  /// Rows that go through a deep tree together: its many counters are reached for once for all.
  private static final int DEEP_ROWS = 4096;

  private final TreeEnsemble model;
  private final SplitRanks splits;
  private final List<TreeProgram> programs;
  private final List<PatternCounter[]> counters = new ArrayList<>();

  /// Of the trees that are cut into bundles: their leaves' counters stay empty meanwhile.
  private final Map<TreeProgram, BundleCounter> bundles = new HashMap<>();

  /// What was counted, by tree and node; empty while rows are counted.
  private List<List<PatternHistogram>> counted = List.of();

  private boolean isWhole;
  private long rows;

  public TreeBackground(TreeEnsemble model) {
    this.model = model;
    this.splits = new SplitRanks(model);
    this.programs = model.trees().stream().map(TreeProgram::new).toList();
    for (TreeProgram program : programs) {
      counters.add(counters(program));
      if (!program.isDeep() && program.widest() > 0) {
        TreeBundles.of(program, model.features().size())
            .ifPresent(tree -> bundles.put(program, new BundleCounter(tree)));
      }
    }
  }

  /// Counts that were written down.
  ///
  /// @param programs of the model's trees, in their order
  /// @param restored by tree and node
  TreeBackground(
      TreeEnsemble model,
      List<TreeProgram> programs,
      List<List<PatternHistogram>> restored,
      long rows) {
    this.model = model;
    this.splits = new SplitRanks(model);
    this.programs = programs;
    this.counted = restored;
    this.isWhole = true;
    this.rows = rows;
  }

  /// A counter for each leaf, the same for both of a pair.
  private static PatternCounter[] counters(TreeProgram program) {
    Tree tree = program.tree();
    PatternCounter[] counters = new PatternCounter[tree.size()];
    for (int node = 0; node < tree.size(); node++) {
      if (tree.isLeaf(node)) {
        counters[node] =
            program.isSecond(node)
                ? counters[node - 1]
                : new PatternCounter(program.leaf(node).size());
      }
    }
    return counters;
  }

  /// @throws DataInvalidException beyond two billion rows
  @Override
  public void add(FeatureMatrix added) {
    if (rows + added.rows() > Integer.MAX_VALUE) {
      throw new DataInvalidException(
          "the background has more than " + Integer.MAX_VALUE + " rows; give a sample of it");
    }
    if (isWhole) {
      throw new IllegalStateException("a background that was read, or that explains, is whole");
    }
    rows += added.rows();
    addBundles(added);
    boolean anyNarrow = programs.stream().anyMatch(this::isCountedByLeaf);
    boolean anyDeep = programs.stream().anyMatch(TreeProgram::isDeep);
    List<RowBlock> small = anyNarrow ? blocks(added, RowBlock.ROWS) : List.of();
    List<RowBlock> large = anyDeep ? blocks(added, DEEP_ROWS) : List.of();
    IntStream.range(0, programs.size())
        .parallel()
        .filter(i -> !bundles.containsKey(programs.get(i)))
        .forEach(i -> add(programs.get(i), counters.get(i), added, small, large));
  }

  private boolean isCountedByLeaf(TreeProgram program) {
    return !program.isDeep() && !bundles.containsKey(program);
  }

  private List<RowBlock> blocks(FeatureMatrix added, int size) {
    List<RowBlock> blocks = new ArrayList<>();
    for (int first = 0; first < added.rows(); first += size) {
      blocks.add(new RowBlock(model, splits, added, first, size));
    }
    return blocks;
  }

  private void addBundles(FeatureMatrix added) {
    List<PackedRows> blocks = new ArrayList<>();
    for (int first = 0; first < added.rows() && !bundles.isEmpty(); first += PackedRows.ROWS) {
      blocks.add(new PackedRows(model, splits, added, first));
    }
    bundles.values().parallelStream()
        .forEach(counter -> blocks.forEach(block -> counter.add(splits, block)));
  }

  private void add(
      TreeProgram program,
      PatternCounter[] counted,
      FeatureMatrix added,
      List<RowBlock> small,
      List<RowBlock> large) {
    if (program.widest() > ComparedPass.MOST_FEATURES) {
      addWidest(program, counted, added);
    } else if (program.isDeep()) {
      BackgroundPass pass = new BackgroundPass(splits, program, counted, DEEP_ROWS);
      large.forEach(pass::run);
    } else {
      BackgroundPass pass = new BackgroundPass(splits, program, counted, RowBlock.ROWS);
      small.forEach(pass::run);
    }
  }

  private void addWidest(TreeProgram program, PatternCounter[] counted, FeatureMatrix added) {
    long[] pattern = new long[program.words()];
    LeafRows count =
        (leaf, patterns, rowCount) -> {
          if (program.isSecond(leaf)) {
            return; // it shares the counts of the first
          }
          for (int row = 0; row < rowCount; row++) {
            for (int word = 0; word < pattern.length; word++) {
              pattern[word] = patterns[word * rowCount + row];
            }
            counted[leaf].add(pattern);
          }
        };
    for (int first = 0; first < added.rows(); first += PatternExplanation.BLOCK) {
      int size = Math.min(PatternExplanation.BLOCK, added.rows() - first);
      double[][] columns = PatternExplanation.columns(model, added, first, size);
      new TreePass(program, columns, size, count).run();
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Explainer explainer(Precision precision) {
    return switch (precision) {
      case MIXED -> new TableExplainer(model, Lanes.best(), programs, values());
      case FLOAT64 -> new TreeExplainer(model, programs, values());
    };
  }

  List<TreeProgram> programs() {
    return programs;
  }

  /// The values of leaves against all rows added so far, for each thread its own.
  Supplier<LeafValues> values() {
    if (rows == 0) {
      throw new IllegalStateException("a background without rows explains nothing");
    }
    Map<TreeProgram, List<PatternHistogram>> histograms = new HashMap<>();
    int widest = 0;
    for (int i = 0; i < programs.size(); i++) {
      histograms.put(programs.get(i), histograms(i));
      widest = Math.max(widest, programs.get(i).widest());
    }
    return new BackgroundValues(histograms, rows, widest)::another;
  }

  /// Of one tree, by node; a split has an empty one, and the right leaf of a pair that of the left.
  /// No more rows can be added then: the counters take several times the room, and are dropped tree
  /// by tree.
  List<PatternHistogram> histograms(int tree) {
    if (!isWhole) {
      isWhole = true;
      counted = IntStream.range(0, programs.size()).parallel().mapToObj(this::closed).toList();
      counters.clear();
      bundles.clear();
    }
    return counted.get(tree);
  }

  private List<PatternHistogram> closed(int tree) {
    TreeProgram program = programs.get(tree);
    PatternCounter[] dropped = counters.set(tree, new PatternCounter[0]);
    BundleCounter bundled = bundles.get(program);
    if (bundled != null) {
      bundled.addTo(dropped);
    }
    return histograms(program, dropped);
  }

  private static List<PatternHistogram> histograms(TreeProgram program, PatternCounter[] counted) {
    PatternHistogram none = new PatternHistogram(0, new long[0], new int[0]);
    List<PatternHistogram> histograms = new ArrayList<>(Collections.nCopies(counted.length, none));
    for (int node = 0; node < counted.length; node++) {
      if (program.tree().isLeaf(node)) {
        PatternHistogram made =
            program.isSecond(node) ? histograms.get(node - 1) : counted[node].histogram();
        histograms.set(node, made);
      }
    }
    return histograms;
  }
}
