/// Numbers that may not exist, the limits they have to respect, and the verdict on them.
@NullMarked
package org.primum.gate;

import org.jspecify.annotations.NullMarked;
