package ml.dmlc.xgboost4j.java;

/// Loads XGBoost's native code from `java.library.path`. It stands in the image for the class of the same name in xgboost4j,
/// which unpacks 15 MB into `/tmp` at each start and cannot do so where `/tmp` is mounted noexec.
final class NativeLibLoader {
  private NativeLibLoader() {}

  /// What xgboost4j calls before its first native method.
  static void initXGBoost() {
    System.loadLibrary("xgboost4j");
  }
}
