package org.primum.gate;

/// How numbers without an interval in closed form were drawn anew, so that anybody can draw the
/// same.
///
/// @param replicates of cells and permutations; 0 where nothing was drawn
/// @param clusterReplicates of whole patients, while rows were counted; 0 where rows were
///   independent
/// @param seed of both
public record Resampling(int replicates, int clusterReplicates, long seed) {

  public static final Resampling NONE = new Resampling(0, 0, 0);
}
