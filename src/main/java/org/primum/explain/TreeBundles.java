package org.primum.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.model.Tree;

/// A tree cut into bundles: the largest subtrees whose leaves together depend on few bits, one for
/// each feature on the path to the subtree and one for each split inside. A bundle gives all that
/// its leaves give at once, so a row looks up one entry for many leaves.
final class TreeBundles {

  /// Bits of a bundle's key at most.
  static final int BITS = 8;

  /// The entries of a tree take so many numbers at most (640 KB), to stay in the processor's cache.
  static final int MOST_NUMBERS = 160 << 10;

  /// An entry has a number for each feature of the model; from so many on most would be 0.
  private static final int MOST_FEATURES = 64;

  /// One bundle.
  ///
  /// @param top the root of the subtree, a leaf where it is one
  /// @param above distinct features on the path to `top`: the first bits of the key
  /// @param splits the splits inside, each with the next bit: set where the row goes left
  /// @param leaves in the order of the tree; the only leaf of a tree gives nothing and is left out
  record Bundle(int top, int above, List<Integer> splits, List<Member> leaves) {

    int bits() {
      return above + splits.size();
    }
  }

  /// A leaf of a bundle: its pattern has bit `j` set where `key & masks[j]` is `wants[j]`.
  static final class Member {

    private final int leaf;
    private final int[] masks;
    private final int[] wants;

    Member(int leaf, int[] masks, int[] wants) {
      this.leaf = leaf;
      this.masks = masks;
      this.wants = wants;
    }

    int leaf() {
      return leaf;
    }

    int pattern(int key) {
      int pattern = 0;
      for (int j = 0; j < masks.length; j++) {
        pattern |= ((key & masks[j]) == wants[j] ? 1 : 0) << j;
      }
      return pattern;
    }
  }

  private final TreeProgram program;
  private final int width;
  private final List<Bundle> all = new ArrayList<>();
  private final int[] at;

  private TreeBundles(TreeProgram program, int width) {
    this.program = program;
    this.width = width;
    this.at = new int[program.tree().size()];
    Arrays.fill(at, -1);
  }

  /// The bundles of a tree, where its entries are small enough.
  ///
  /// @param features of the model
  static Optional<TreeBundles> of(TreeProgram program, int features) {
    TreeBundles bundles = new TreeBundles(program, width(features));
    return features <= MOST_FEATURES && bundles.cut(0, 0) && bundles.numbers() <= MOST_NUMBERS
        ? Optional.of(bundles)
        : Optional.empty();
  }

  /// The numbers an entry takes.
  static int width(int features) {
    return (features + 7) / 8 * 8;
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
  static int splits(Tree tree, int node) {
    return tree.isLeaf(node)
        ? 0
        : 1 + splits(tree, tree.left(node)) + splits(tree, tree.right(node));
  }

  /// The bundle of all leaves below a node.
  ///
  /// @param above distinct features on the path to the node
  static Bundle bundle(TreeProgram program, int top, int above) {
    List<Integer> splits = new ArrayList<>();
    List<Member> leaves = new ArrayList<>();
    int[] masks = new int[program.widest()];
    for (int j = 0; j < above; j++) {
      masks[j] = 1 << j;
    }
    gather(program, top, above, masks, masks, splits, leaves);
    return new Bundle(top, above, List.copyOf(splits), List.copyOf(leaves));
  }

  private static void gather(
      TreeProgram program,
      int node,
      int above,
      int[] masks,
      int[] wants,
      List<Integer> splits,
      List<Member> leaves) {
    Tree tree = program.tree();
    if (tree.isLeaf(node)) {
      int k = program.leaf(node).size();
      if (k > 0) {
        leaves.add(new Member(node, Arrays.copyOf(masks, k), Arrays.copyOf(wants, k)));
      }
      return;
    }
    int bit = 1 << (above + splits.size());
    splits.add(node);
    int[] asked = with(masks, program.bit(node), bit);
    int[] left = with(wants, program.bit(node), bit);
    gather(program, tree.left(node), above, asked, left, splits, leaves);
    gather(program, tree.right(node), above, asked, wants, splits, leaves);
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

  TreeProgram program() {
    return program;
  }

  List<Bundle> all() {
    return all;
  }

  /// Which bundle starts at a node; negative where none does.
  int at(int node) {
    return at[node];
  }

  /// The numbers an entry takes: one for each feature of the model, and some of no meaning.
  int width() {
    return width;
  }

  /// The numbers all entries take.
  long numbers() {
    long numbers = 0;
    for (Bundle bundle : all) {
      numbers += (long) width << bundle.bits();
    }
    return numbers;
  }
}
