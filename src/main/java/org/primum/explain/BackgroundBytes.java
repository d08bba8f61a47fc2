package org.primum.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.primum.explain.background.PatternHistogram;
import org.primum.explain.tree.TreeProgram;
import org.primum.model.LinearModel;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;
import org.primum.model.compact.CompactReader;
import org.primum.model.compact.CompactWriter;

/// What is kept of background rows, as bytes.
///
/// For trees, in their order, each leaf in order that is not the right one of a pair: how many
/// distinct patterns, then each pattern (of up to 64 features as the distance from the one before,
/// else in words of 64 bits) and how many rows have it. Where most patterns occur a 0 stands
/// instead, and then the number of rows of every pattern. For linear models, two words a term.
final class BackgroundBytes {

  /// A leaf with more features has no room for a number for every pattern.
  private static final int DENSE_FEATURES = 20;

  private BackgroundBytes() {}

  static void write(LinearBackground background, CompactWriter out) {
    for (long word : background.sums()) {
      out.fixed(word);
    }
  }

  static LinearBackground read(LinearModel model, long rows, CompactReader in) {
    int terms = model.terms().size();
    if (terms > in.remaining() / (2 * Long.BYTES)) {
      throw CompactReader.broken();
    }
    long[] sums = new long[2 * terms];
    for (int word = 0; word < sums.length; word++) {
      sums[word] = in.fixed();
    }
    return new LinearBackground(model, sums, rows);
  }

  /// @param most bytes; beyond, [ExplainerFile#requireSize] refuses
  static void write(TreeBackground background, CompactWriter out, int most) {
    List<TreeProgram> programs = background.programs();
    for (int i = 0; i < programs.size(); i++) {
      TreeProgram program = programs.get(i);
      List<PatternHistogram> histograms = background.histograms(i);
      for (int node = 0; node < histograms.size(); node++) {
        if (isCounted(program, node)) {
          write(histograms.get(node), program.leaf(node).size(), out);
        }
      }
      if (out.size() > most || out.size() < 0) {
        ExplainerFile.requireSize(out.size());
      }
    }
  }

  private static boolean isCounted(TreeProgram program, int node) {
    return program.tree().isLeaf(node) && !program.isSecond(node);
  }

  private static void write(PatternHistogram histogram, int features, CompactWriter out) {
    if (features <= DENSE_FEATURES && 2L * histogram.size() > 1L << features) {
      writeAll(histogram, features, out);
      return;
    }
    out.whole(histogram.size());
    long before = 0;
    for (int entry = 0; entry < histogram.size(); entry++) {
      if (features <= Long.SIZE) {
        out.whole(histogram.word(entry, 0) - before);
        before = histogram.word(entry, 0);
      } else {
        for (int word = 0; word < words(features); word++) {
          out.fixed(histogram.word(entry, word));
        }
      }
      out.whole(histogram.count(entry));
    }
  }

  private static void writeAll(PatternHistogram histogram, int features, CompactWriter out) {
    out.whole(0);
    int entry = 0;
    for (int pattern = 0; pattern < 1 << features; pattern++) {
      boolean occurs = entry < histogram.size() && histogram.word(entry, 0) == pattern;
      out.whole(occurs ? histogram.count(entry++) : 0);
    }
  }

  private static int words(int features) {
    return Math.max(1, (features + Long.SIZE - 1) / Long.SIZE);
  }

  static TreeBackground read(TreeEnsemble model, long rows, CompactReader in) {
    List<TreeProgram> programs = new ArrayList<>();
    List<List<PatternHistogram>> histograms = new ArrayList<>();
    for (Tree tree : model.trees()) {
      TreeProgram program = new TreeProgram(tree);
      programs.add(program);
      histograms.add(tree(program, rows, in));
    }
    return new TreeBackground(model, programs, histograms, rows);
  }

  private static List<PatternHistogram> tree(TreeProgram program, long rows, CompactReader in) {
    PatternHistogram none = new PatternHistogram(0, new long[0], new int[0]);
    int size = program.tree().size();
    List<PatternHistogram> histograms = new ArrayList<>(Collections.nCopies(size, none));
    for (int node = 0; node < size; node++) {
      if (isCounted(program, node)) {
        histograms.set(node, leaf(program.leaf(node).size(), rows, in));
      } else if (program.tree().isLeaf(node)) {
        histograms.set(node, histograms.get(node - 1));
      }
    }
    return histograms;
  }

  /// @throws org.primum.model.ModelInvalidException where patterns are not in order or of no such
  ///   leaf, or their rows are not all there are
  private static PatternHistogram leaf(int features, long rows, CompactReader in) {
    int distinct = in.count(2);
    PatternRows read =
        distinct == 0 ? every(features, in) : new PatternRows(distinct, features, in);
    long sum = 0;
    for (int count : read.counts) {
      sum += count;
    }
    if (sum != rows) {
      throw CompactReader.broken();
    }
    return new PatternHistogram(features, read.patterns, read.counts);
  }

  private static PatternRows every(int features, CompactReader in) {
    if (features > DENSE_FEATURES || 1 << features > in.remaining()) {
      throw CompactReader.broken();
    }
    int[] all = new int[1 << features];
    int distinct = 0;
    for (int pattern = 0; pattern < all.length; pattern++) {
      all[pattern] = in.whole(Integer.MAX_VALUE);
      distinct += all[pattern] > 0 ? 1 : 0;
    }
    return new PatternRows(all, distinct);
  }

  /// The patterns of one leaf, each with at least one row, in order.
  private static final class PatternRows {
    private final long[] patterns;
    private final int[] counts;

    PatternRows(int[] all, int distinct) {
      this.patterns = new long[distinct];
      this.counts = new int[distinct];
      int entry = 0;
      for (int pattern = 0; pattern < all.length; pattern++) {
        if (all[pattern] > 0) {
          patterns[entry] = pattern;
          counts[entry++] = all[pattern];
        }
      }
    }

    PatternRows(int distinct, int features, CompactReader in) {
      int words = words(features);
      if (distinct > in.remaining() / (words > 1 ? words * Long.BYTES : 1)) {
        throw CompactReader.broken();
      }
      this.patterns = new long[distinct * words];
      this.counts = new int[distinct];
      for (int entry = 0; entry < distinct; entry++) {
        for (int word = 0; word < words; word++) {
          patterns[entry * words + word] = features <= Long.SIZE ? next(entry, in) : in.fixed();
        }
        requirePattern(entry, words, features);
        counts[entry] = in.whole(Integer.MAX_VALUE);
        if (counts[entry] == 0) {
          throw CompactReader.broken();
        }
      }
    }

    private long next(int entry, CompactReader in) {
      return in.whole() + (entry == 0 ? 0 : patterns[entry - 1]);
    }

    private void requirePattern(int entry, int words, int features) {
      int from = entry * words;
      int used = features - Long.SIZE * (words - 1);
      long bits = used == Long.SIZE ? -1L : (1L << used) - 1;
      boolean isOfLeaf = (patterns[from + words - 1] & ~bits) == 0;
      boolean isNext =
          entry == 0
              || java.util.Arrays.compareUnsigned(
                      patterns, from - words, from, patterns, from, from + words)
                  < 0;
      if (!isOfLeaf || !isNext) {
        throw CompactReader.broken();
      }
    }
  }
}
