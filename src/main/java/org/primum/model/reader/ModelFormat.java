package org.primum.model.reader;

/// The formats of model files, told by their first bytes.
enum ModelFormat {
  XGBOOST_JSON,
  XGBOOST_UBJ,
  UNKNOWN;

  static ModelFormat of(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && isSpace(bytes[start])) {
      start++;
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

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
