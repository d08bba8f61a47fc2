/// The model of all steps, read from the command line, and what is generated from it.
@NullMarked
package org.primum.template;

import org.jspecify.annotations.NullMarked;
