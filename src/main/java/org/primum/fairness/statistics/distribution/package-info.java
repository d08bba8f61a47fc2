/// Distances and dependence between distributions given as counts.
@NullMarked
package org.primum.fairness.statistics.distribution;

import org.jspecify.annotations.NullMarked;
