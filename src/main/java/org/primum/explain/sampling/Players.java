package org.primum.explain.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.primum.explain.value.FeatureGroups;

/// Who may play in the games of one model: the features it reads, or groups of them that become
/// known together. Values are told by name: that of a player, or one that several players share,
/// whose values are then added up.
public final class Players {

  private final List<int[]> columns;
  private final int[] names;

  /// The names that have players, in the order of the first of each.
  private final int[] told;

  /// Among [#told], by player.
  private final int[] valueOf;

  /// @param columns the features of each player
  /// @param names the place of each player's name among those of the groups
  private Players(List<int[]> columns, int[] names) {
    this.columns = columns;
    this.names = names;
    this.told = Arrays.stream(names).distinct().toArray();
    this.valueOf = new int[names.length];
    for (int player = 0; player < names.length; player++) {
      valueOf[player] = place(told, told.length, names[player]);
    }
  }

  /// Nobody.
  static Players none() {
    return new Players(List.of(), new int[0]);
  }

  /// @param read the features that can change a prediction; what else is in a group matters not
  public static Players of(FeatureGroups groups, BitSet read) {
    List<int[]> columns = new ArrayList<>();
    int[] names = new int[read.cardinality()];
    for (int feature : read.stream().toArray()) {
      int name = groups.of(feature);
      int place = groups.areTogether() ? place(names, columns.size(), name) : columns.size();
      if (place == columns.size()) {
        names[place] = name;
        columns.add(new int[] {feature});
      } else {
        int[] own = Arrays.copyOf(columns.get(place), columns.get(place).length + 1);
        own[own.length - 1] = feature;
        columns.set(place, own);
      }
    }
    return new Players(columns, Arrays.copyOf(names, columns.size()));
  }

  private static int place(int[] names, int count, int name) {
    for (int place = 0; place < count; place++) {
      if (names[place] == name) {
        return place;
      }
    }
    return count;
  }

  public int count() {
    return columns.size();
  }

  /// The features that become known with a player.
  int[] columns(int player) {
    return columns.get(player);
  }

  /// The place of the player's name among those of the groups.
  int name(int player) {
    return names[player];
  }

  /// How many values are told of the players.
  public int values() {
    return told.length;
  }

  /// To which of the values a player's belongs.
  int valueOf(int player) {
    return valueOf[player];
  }

  /// The place of a value's name.
  public int told(int value) {
    return told[value];
  }

  /// Those with a feature that the condition holds for, in the same order.
  Players having(IntPredicate feature) {
    List<int[]> left = new ArrayList<>();
    int[] leftNames = new int[count()];
    for (int player = 0; player < count(); player++) {
      if (Arrays.stream(columns.get(player)).anyMatch(feature)) {
        leftNames[left.size()] = names[player];
        left.add(columns.get(player));
      }
    }
    return new Players(left, Arrays.copyOf(leftNames, left.size()));
  }
}
