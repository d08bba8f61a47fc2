/// Model files of every readable format, told by content.
@NullMarked
package org.primum.model.reader;

import org.jspecify.annotations.NullMarked;
