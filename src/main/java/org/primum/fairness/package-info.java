/// The fairness audit: tallies of group cells, rates with intervals, and decisions on them.
@NullMarked
package org.primum.fairness;

import org.jspecify.annotations.NullMarked;
