package org.primum.model.reader;

/// The formats of model files, told by their first bytes.
enum ModelFormat {
  XGBOOST_JSON,
  XGBOOST_UBJ,
  LIGHTGBM_TEXT,
  UNKNOWN;

  static ModelFormat of(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && isSpace(bytes[start])) {
      start++;
    }
    if (startsWithTree(bytes)) {
      return LIGHTGBM_TEXT;
    }
    if (start >= bytes.length || bytes[start] != '{') {
      return UNKNOWN;
    }
    return start == 0 && startsLikeUbj(bytes) ? XGBOOST_UBJ : XGBOOST_JSON;
  }

  /// After the brace of a UBJSON object stands the type of the first key's length.
  private static boolean startsLikeUbj(byte[] bytes) {
    return bytes.length > 1 && "iUIlLmMu$#".indexOf(bytes[1]) >= 0;
  }

  /// LightGBM's first line is the word `tree`.
  private static boolean startsWithTree(byte[] bytes) {
    return bytes.length > 4
        && bytes[0] == 't'
        && bytes[1] == 'r'
        && bytes[2] == 'e'
        && bytes[3] == 'e'
        && isSpace(bytes[4]);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
