/// What an engine around a step asks of it: termination line, progress file, executor output.
@NullMarked
package org.primum.platform;

import org.jspecify.annotations.NullMarked;
