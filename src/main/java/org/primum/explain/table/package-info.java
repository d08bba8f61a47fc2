/// Values of whole bundles of leaves, looked up in tables.
@NullMarked
package org.primum.explain.table;

import org.jspecify.annotations.NullMarked;
