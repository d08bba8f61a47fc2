/// The command line: one command a step, the exit codes, and all wiring.
@NullMarked
package org.primum.cli;

import org.jspecify.annotations.NullMarked;
