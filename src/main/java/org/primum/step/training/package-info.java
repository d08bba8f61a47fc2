/// Cohorts, models and scores: what happens before anything is judged.
@NullMarked
package org.primum.step.training;

import org.jspecify.annotations.NullMarked;
