/// Pure statistics on counts and numbers: intervals, tests, multiplicity. It knows no policy and no
/// data.
@NullMarked
package org.primum.fairness.statistics;

import org.jspecify.annotations.NullMarked;
