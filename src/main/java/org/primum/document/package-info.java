/// The JSON and YAML files of the contract, with their schemas. The only home of Jackson's object
/// model and of the schema validator.
@NullMarked
package org.primum.document;

import org.jspecify.annotations.NullMarked;
