/// Redrawing of cell counts: random numbers by counter, exact discrete draws, replicates.
@NullMarked
package org.primum.fairness.statistics.bootstrap;

import org.jspecify.annotations.NullMarked;
