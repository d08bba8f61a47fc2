/// Which numbers of people may be shown, so that no small one can be computed from the others. It
/// knows numbers and how they add up, nothing else.
@NullMarked
package org.primum.fairness.suppression;

import org.jspecify.annotations.NullMarked;
