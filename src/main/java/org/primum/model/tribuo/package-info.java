/// Models as Tribuo saves them, read without Tribuo: no class that a file names is loaded.
@NullMarked
package org.primum.model.tribuo;

import org.jspecify.annotations.NullMarked;
