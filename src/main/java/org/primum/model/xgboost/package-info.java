/// XGBoost models as tree ensembles, from the JSON and UBJSON files that its `save_model` writes.
@NullMarked
package org.primum.model.xgboost;

import org.jspecify.annotations.NullMarked;
