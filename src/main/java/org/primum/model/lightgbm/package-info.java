/// LightGBM models as tree ensembles, from the text files that its `save_model` writes.
@NullMarked
package org.primum.model.lightgbm;

import org.jspecify.annotations.NullMarked;
