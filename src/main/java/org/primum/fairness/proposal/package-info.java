/// Policies that a program drafts and a person decides: from a table, or from the settings of
/// another tool.
@NullMarked
package org.primum.fairness.proposal;

import org.jspecify.annotations.NullMarked;
