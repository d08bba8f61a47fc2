package org.primum.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.primum.data.Digest;

/// Which patients are held out of training. All rows of a patient are on one side: a model that has
/// seen a patient's first admission must not be judged by the second.
///
/// A patient is held out where the first eight bytes of SHA-256 of `<seed>:<id>` (UTF-8), read as
/// an unsigned number and divided by 2^64, are below the holdout's share. So the split needs no
/// memory, does not depend on row order, and can be redone with any tool.
///
/// @param share the expected share of patients held out, in (0, 1)
public record PatientSplit(long seed, double share) {

  public PatientSplit {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("holdout must lie between 0 and 1, got " + share);
    }
  }

  /// Whether the rows of this patient are held out.
  public boolean holdsOut(String id) {
    return holdsOut(hash(id));
  }

  /// The number that decides; two patients share one by a chance of one in 2^64.
  long hash(String id) {
    byte[] text = (seed + ":" + id).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Digest.sha256().digest(text)).getLong();
  }

  boolean holdsOut(long hash) {
    return (hash >>> 11) * 0x1p-53 < share;
  }
}
