/// Models as few bytes that only primum reads: what `explainer.bin` holds of a model.
@NullMarked
package org.primum.model.compact;

import org.jspecify.annotations.NullMarked;
