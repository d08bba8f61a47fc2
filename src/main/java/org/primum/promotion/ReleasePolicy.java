package org.primum.promotion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which evidence a model needs before it is released.
///
/// @param name the policy's name, for people
/// @param revision counts up with each change
/// @param require one entry a step, in the order they are reported
/// @param approvalRequired whether a person has to approve as well, before a model is promoted
public record ReleasePolicy(
    String name, int revision, List<Requirement> require, boolean approvalRequired) {

  public ReleasePolicy {
    require = List.copyOf(require);
    if (require.isEmpty()) {
      throw new IllegalArgumentException(
          "a release policy requires at least one step: a policy that asks for nothing passes"
              + " everything");
    }
    Set<String> steps = new HashSet<>();
    for (Requirement requirement : require) {
      if (!steps.add(requirement.step())) {
        throw new IllegalArgumentException(
            "step '" + requirement.step() + "' is required twice; put its rules into one entry");
      }
    }
  }

  /// A policy for which the evidence is enough.
  public ReleasePolicy(String name, int revision, List<Requirement> require) {
    this(name, revision, require, false);
  }
}
