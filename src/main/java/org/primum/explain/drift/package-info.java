/// How explanations have changed since an earlier run.
@NullMarked
package org.primum.explain.drift;

import org.jspecify.annotations.NullMarked;
