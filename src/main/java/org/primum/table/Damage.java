package org.primum.table;

import java.io.Serial;

/// The bytes of a Parquet file are not what the format promises. It stays within this package:
/// whoever knows the file and the column turns it into a [org.primum.data.DataInvalidException].
final class Damage extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  Damage(String message) {
    super(message, null, false, false);
  }
}
