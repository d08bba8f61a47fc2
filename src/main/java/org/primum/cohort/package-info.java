/// A synthetic readmission cohort with planted biases: docs/cohort.md says which, how, and why.
@NullMarked
package org.primum.cohort;

import org.jspecify.annotations.NullMarked;
