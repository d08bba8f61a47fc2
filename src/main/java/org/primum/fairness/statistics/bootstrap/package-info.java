/// Redrawing of cell counts: replicates, and what they say.
@NullMarked
package org.primum.fairness.statistics.bootstrap;

import org.jspecify.annotations.NullMarked;
