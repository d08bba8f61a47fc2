/// A metric of one group, as a value with its interval or a reason why there is none.
@NullMarked
package org.primum.fairness.metric;

import org.jspecify.annotations.NullMarked;
