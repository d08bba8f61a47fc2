/// Releases with differential privacy, and the ledger of what was spent.
@NullMarked
package org.primum.step.privacy;

import org.jspecify.annotations.NullMarked;
