/// Rules that explanations have to meet, and how they are decided.
@NullMarked
package org.primum.explain.policy;

import org.jspecify.annotations.NullMarked;
