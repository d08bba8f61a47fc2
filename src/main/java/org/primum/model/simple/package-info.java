/// The plain JSON forms `simple-tree-json/1` and `simple-linear-json/1` that docs/model-json.md
/// describes: for models of libraries whose own files cannot be read.
@NullMarked
package org.primum.model.simple;

import org.jspecify.annotations.NullMarked;
