/// Training: splits by patient, reweighing, learners and the metrics of a holdout.
@NullMarked
package org.primum.train;

import org.jspecify.annotations.NullMarked;
