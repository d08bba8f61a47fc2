/// Random numbers that are the same on every machine, in any order and on any number of threads.
@NullMarked
package org.primum.random;

import org.jspecify.annotations.NullMarked;
