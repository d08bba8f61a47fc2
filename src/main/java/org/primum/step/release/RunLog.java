package org.primum.step.release;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.primum.data.Digest;
import org.primum.document.RunRecord;
import org.primum.document.RunRecordDocument;
import org.primum.document.Source;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// The records of runs in a store, one object an ending, created once and never changed.
final class RunLog {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  private static final int LIMIT = 64 << 20;

  /// So often a run can end in one day; an engine that goes on for ever is no run.
  private static final int ENDINGS = 20;

  private final ObjectStore store;

  RunLog(ObjectStore store) {
    this.store = store;
  }

  /// How a recording ended; each names the key of the record that is there now.
  sealed interface Kept {
    /// It was created.
    record Now(String key) implements Kept {}

    /// The same was there already, by an earlier try.
    record Before(String key) implements Kept {}

    /// The run has ended too often, each time otherwise.
    record Otherwise(String key) implements Kept {}
  }

  /// An exit handler that is tried again finds what its first try kept, also around midnight. A run
  /// that is taken up again and ends another time has a record beside the first.
  Kept keep(RunRecord run) throws IOException {
    LocalDate day = run.time().atOffset(ZoneOffset.UTC).toLocalDate();
    byte[] bytes = RunRecordDocument.write(run);
    Optional<Kept> earlier = found(key(day.minusDays(1), run.run(), 1), bytes);
    for (int ending = 2; earlier.isPresent() && ending <= ENDINGS; ending++) {
      if (earlier.get() instanceof Kept.Before before) {
        return before;
      }
      earlier = found(key(day.minusDays(1), run.run(), ending), bytes);
    }
    return keep(run, day, bytes);
  }

  private Kept keep(RunRecord run, LocalDate day, byte[] bytes) throws IOException {
    String key = key(day, run.run(), 1);
    for (int ending = 1; ending <= ENDINGS; ending++) {
      key = key(day, run.run(), ending);
      if (store.create(key, Content.of(bytes)) instanceof WriteResult.Written) {
        return new Kept.Now(key);
      }
      if (found(key, bytes).orElse(null) instanceof Kept.Before before) {
        return before;
      }
    }
    return new Kept.Otherwise(key);
  }

  private Optional<Kept> found(String key, byte[] bytes) throws IOException {
    return store
        .read(key, LIMIT)
        .map(read -> {
          if (Arrays.equals(read.bytes(), bytes)) {
            return new Kept.Before(key);
          }
          Source there = new Source(key, read.bytes());
          return RunRecordDocument.agree(there, new Source("this run", bytes))
              ? new Kept.Before(key)
              : new Kept.Otherwise(key);
        });
  }

  private static String key(LocalDate day, String run, int ending) {
    String name = NAME.matcher(run).matches() ? run : "sha256-" + Digest.of(run).hex();
    return String.format(
        Locale.ROOT,
        "%04d/%02d/%02d/%s%s.json",
        day.getYear(),
        day.getMonthValue(),
        day.getDayOfMonth(),
        name,
        ending == 1 ? "" : "-" + ending);
  }
}
