package org.primum.model.reader;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The formats of model files, told by their first bytes.
enum ModelFormat {
  XGBOOST_JSON,
  XGBOOST_UBJ,
  LIGHTGBM_TEXT,
  SIMPLE_JSON,
  CATBOOST_JSON,
  ONNX,
  TRIBUO,
  UNKNOWN;

  private static final byte[] FORMAT_KEY = "\"format\"".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] TRIBUO_NAME = "org.tribuo.".getBytes(StandardCharsets.US_ASCII);

  /// With which keys a CatBoost file begins: they stand in the order of the alphabet.
  private static final List<byte[]> CATBOOST_KEYS =
      List.of(
          "\"ctr_data\"".getBytes(StandardCharsets.US_ASCII),
          "\"features_info\"".getBytes(StandardCharsets.US_ASCII));

  static ModelFormat of(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && isSpace(bytes[start])) {
      start++;
    }
    if (startsWithTree(bytes)) {
      return LIGHTGBM_TEXT;
    }
    if (startsLikeOnnx(bytes)) {
      return ONNX;
    }
    if (startsLikeTribuo(bytes)) {
      return TRIBUO;
    }
    if (start >= bytes.length || bytes[start] != '{') {
      return UNKNOWN;
    }
    int key = start + 1;
    if (startsWithKey(bytes, key, FORMAT_KEY)) {
      return SIMPLE_JSON;
    }
    if (CATBOOST_KEYS.stream().anyMatch(first -> startsWithKey(bytes, key, first))) {
      return CATBOOST_JSON;
    }
    return start == 0 && startsLikeUbj(bytes) ? XGBOOST_UBJ : XGBOOST_JSON;
  }

  /// After the brace of a UBJSON object stands the type of the first key's length.
  private static boolean startsLikeUbj(byte[] bytes) {
    return bytes.length > 1 && "iUIlLmMu$#".indexOf(bytes[1]) >= 0;
  }

  /// The first key of the simple forms is `format`.
  private static boolean startsWithKey(byte[] bytes, int from, byte[] key) {
    int start = from;
    while (start < bytes.length && isSpace(bytes[start])) {
      start++;
    }
    int end = start + key.length;
    return end <= bytes.length && Arrays.equals(bytes, start, end, key, 0, end - start);
  }

  /// Tribuo's ModelProto of version 0 begins with field 2, the name of a class.
  private static boolean startsLikeTribuo(byte[] bytes) {
    int name = 2 + (bytes.length > 1 && bytes[1] < 0 ? 1 : 0);
    int end = name + TRIBUO_NAME.length;
    return end <= bytes.length
        && bytes[0] == 0x12
        && Arrays.equals(bytes, name, end, TRIBUO_NAME, 0, TRIBUO_NAME.length);
  }

  /// A serialized ModelProto begins with field 1, `ir_version`, a small whole number.
  private static boolean startsLikeOnnx(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x08 && bytes[1] > 0 && bytes[1] < 0x7f;
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
