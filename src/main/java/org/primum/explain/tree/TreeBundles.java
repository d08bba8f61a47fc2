package org.primum.explain.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.primum.model.Tree;

/// A tree cut into bundles: the largest subtrees whose leaves together depend on few bits, one for
/// each feature on the path to the subtree and one for each split inside. A bundle gives all that
/// its leaves give at once, so a row looks up one entry for many leaves.
public final class TreeBundles {

  /// Bits of a bundle's key at most.
  public static final int BITS = 8;

  /// The numbers an entry takes: a bundle of so few bits gives to so few features.
  public static final int WIDTH = BITS;

  /// The entries of a tree take so many numbers at most (640 KB), to stay in the processor's cache.
  static final int MOST_NUMBERS = 160 << 10;

  /// The sums of a row have a number for each feature of the model, to all of which every bundle
  /// adds; with more features nearly all it adds would be 0.
  private static final int MOST_FEATURES = 64;

  /// One bundle.
  ///
  /// @param top the root of the subtree, a leaf where it is one
  /// @param above distinct features on the path to `top`: the first bits of the key
  /// @param splits the splits inside, each with the next bit: set where the row goes left
  /// @param leaves in the order of the tree; the only leaf of a tree gives nothing and is left out
  /// @param features that the leaves give to, at most one for each bit
  public record Bundle(
      int top, int above, List<Integer> splits, List<Member> leaves, List<Integer> features) {

    public int bits() {
      return above + splits.size();
    }
  }

  /// A leaf of a bundle: its pattern has bit `j` set where `key & masks[j]` is `wants[j]`.
  public static final class Member {

    private final int leaf;
    private final int[] masks;
    private final int[] wants;
    private final int[] places;

    Member(int leaf, int[] masks, int[] wants, int[] places) {
      this.leaf = leaf;
      this.masks = masks;
      this.wants = wants;
      this.places = places;
    }

    public int leaf() {
      return leaf;
    }

    /// Which of the bundle's features is the path's feature `j`.
    public int place(int j) {
      return places[j];
    }

    public int pattern(int key) {
      int pattern = 0;
      for (int j = 0; j < masks.length; j++) {
        pattern |= ((key & masks[j]) == wants[j] ? 1 : 0) << j;
      }
      return pattern;
    }
  }

  private final TreeProgram program;
  private final List<Bundle> all = new ArrayList<>();
  private final int[] at;

  private TreeBundles(TreeProgram program) {
    this.program = program;
    this.at = new int[program.tree().size()];
    Arrays.fill(at, -1);
  }

  /// The bundles of a tree, where its entries are small enough.
  ///
  /// @param features of the model
  public static Optional<TreeBundles> of(TreeProgram program, int features) {
    TreeBundles bundles = new TreeBundles(program);
    return features <= MOST_FEATURES && bundles.cut(0, 0) && bundles.numbers() <= MOST_NUMBERS
        ? Optional.of(bundles)
        : Optional.empty();
  }

  /// Returns whether every leaf found its bundle.
  private boolean cut(int node, int above) {
    Tree tree = program.tree();
    if (above + splits(node) <= BITS) {
      at[node] = all.size();
      all.add(bundle(program, node, above));
      return true;
    }
    int below = Math.max(above, program.bit(node) + 1);
    return !tree.isLeaf(node) && cut(tree.left(node), below) && cut(tree.right(node), below);
  }

  private int splits(int node) {
    return splits(program.tree(), node);
  }

  /// How many splits a subtree has.
  public static int splits(Tree tree, int node) {
    return tree.isLeaf(node)
        ? 0
        : 1 + splits(tree, tree.left(node)) + splits(tree, tree.right(node));
  }

  /// The bundle of all leaves below a node.
  ///
  /// @param above distinct features on the path to the node
  public static Bundle bundle(TreeProgram program, int top, int above) {
    Gathering gathered = new Gathering(program, above);
    int[] masks = new int[program.widest()];
    for (int j = 0; j < above; j++) {
      masks[j] = 1 << j;
    }
    gathered.visit(top, masks, masks);
    return gathered.bundle(top);
  }

  /// A subtree on its way to become a bundle.
  private static final class Gathering {

    private final TreeProgram program;
    private final int above;
    private final List<Integer> splits = new ArrayList<>();
    private final List<Member> leaves = new ArrayList<>();
    private final List<Integer> features = new ArrayList<>();

    Gathering(TreeProgram program, int above) {
      this.program = program;
      this.above = above;
    }

    Bundle bundle(int top) {
      return new Bundle(
          top, above, List.copyOf(splits), List.copyOf(leaves), List.copyOf(features));
    }

    void visit(int node, int[] masks, int[] wants) {
      Tree tree = program.tree();
      if (tree.isLeaf(node)) {
        LeafPath path = program.leaf(node);
        int k = path.size();
        if (k > 0) {
          int[] places = IntStream.range(0, k).map(j -> place(path.feature(j))).toArray();
          leaves.add(new Member(node, Arrays.copyOf(masks, k), Arrays.copyOf(wants, k), places));
        }
        return;
      }
      int bit = 1 << (above + splits.size());
      splits.add(node);
      int[] asked = with(masks, program.bit(node), bit);
      int[] left = with(wants, program.bit(node), bit);
      visit(tree.left(node), asked, left);
      visit(tree.right(node), asked, wants);
    }

    private int place(int feature) {
      if (!features.contains(feature)) {
        features.add(feature);
      }
      return features.indexOf(feature);
    }
  }

  private static int[] with(int[] bits, int j, int bit) {
    int[] more = bits.clone();
    more[j] |= bit;
    return more;
  }

  /// Which margin the tree adds to.
  int output() {
    return program.tree().output();
  }

  public TreeProgram program() {
    return program;
  }

  public List<Bundle> all() {
    return all;
  }

  /// Which bundle starts at a node; negative where none does.
  public int at(int node) {
    return at[node];
  }

  /// The numbers all entries take.
  long numbers() {
    long numbers = 0;
    for (Bundle bundle : all) {
      numbers += (long) WIDTH << bundle.bits();
    }
    return numbers;
  }
}
