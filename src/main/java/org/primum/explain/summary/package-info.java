/// What many explanations say together: mergeable sums, distributions, ranks and groups with
/// intervals.
@NullMarked
package org.primum.explain.summary;

import org.jspecify.annotations.NullMarked;
