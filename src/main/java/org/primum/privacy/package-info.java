/// Differential privacy: exact integer noise, sensitivities, releases and their budget.
@NullMarked
package org.primum.privacy;

import org.jspecify.annotations.NullMarked;
