/// What a board writes: which groups, which metrics, which limits, and how sure one has to be.
@NullMarked
package org.primum.fairness.policy;

import org.jspecify.annotations.NullMarked;
