package org.primum.platform;

/// How far a step has come. Steps count batches here; the domain never sees it.
public interface Progress {

  /// Begins a phase.
  ///
  /// @param task what is being done, in a word or two
  /// @param total units of the phase, or 0 where that is not known
  void start(String task, long total);

  /// Some more units are done.
  void advance(long units);

  /// The phase is over.
  void finish();

  /// Nobody is watching.
  static Progress none() {
    return new Progress() {
      @Override
      public void start(String task, long total) {}

      @Override
      public void advance(long units) {}

      @Override
      public void finish() {}
    };
  }
}
