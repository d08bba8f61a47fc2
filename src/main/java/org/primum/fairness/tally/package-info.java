/// One pass over the rows to sums that merge: everything an audit needs to know of the data.
@NullMarked
package org.primum.fairness.tally;

import org.jspecify.annotations.NullMarked;
