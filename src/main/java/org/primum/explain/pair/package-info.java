/// How two features of a path act together.
@NullMarked
package org.primum.explain.pair;

import org.jspecify.annotations.NullMarked;
