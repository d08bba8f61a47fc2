/// The audit of a model's decisions: tallies, the audit of them, plans and proposed policies, and
/// what people are told.
@NullMarked
package org.primum.step.audit;

import org.jspecify.annotations.NullMarked;
