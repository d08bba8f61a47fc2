/// Models as CatBoost saves them in JSON.
@NullMarked
package org.primum.model.catboost;

import org.jspecify.annotations.NullMarked;
