/// Trees compiled for explaining, the values of single leaves, and the arithmetic of lanes.
@NullMarked
package org.primum.explain.tree;

import org.jspecify.annotations.NullMarked;
