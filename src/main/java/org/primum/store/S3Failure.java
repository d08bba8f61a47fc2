package org.primum.store;

import java.io.IOException;

/// An answer of an object store that is not a success, as far as it may be shown: the SDK's own
/// exceptions print request headers, session tokens among them.
final class S3Failure extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /// @param status of HTTP; 200 where the error came in the body of a success
  /// @param code S3's name of the error, empty where the answer had none
  S3Failure(int status, String code) {
    super("HTTP " + status + (code.isEmpty() ? "" : " " + code));
    this.status = status;
    this.code = code;
  }

  boolean isNoSuchBucket() {
    return code.equals("NoSuchBucket");
  }

  boolean isNoSuchUpload() {
    return code.equals("NoSuchUpload");
  }

  boolean isNotFound() {
    return status == 404 && !isNoSuchBucket() && !isNoSuchUpload();
  }

  boolean isNotImplemented() {
    return status == 501 || code.equals("NotImplemented");
  }

  /// Whether it says that the condition did not hold. `If-Match` on a key that does not exist is
  /// 404 with some servers and 412 with others.
  boolean isRefusalOf(Condition condition) {
    return !condition.isNone()
        && (status == 412
            || code.equals("PreconditionFailed")
            || (isNotFound() && condition.needsObject()));
  }

  /// Two conditional writes met; nothing was decided. A multipart upload has to begin anew.
  boolean isConditionalRace() {
    return status == 409
        && (code.equals("ConditionalRequestConflict") || code.equals("OperationAborted"));
  }

  boolean isTransient() {
    return switch (code) {
      case "RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable" -> true;
      case "BadDigest", "IncompleteBody", "XAmzContentSHA256Mismatch" -> true;
      case "NotImplemented" -> false;
      default ->
          isConditionalRace() || status == 408 || status == 429 || (status >= 500 && status != 501);
    };
  }

  /// What to do about it, for the person whose step failed.
  String advice() {
    return switch (code) {
      case "NoSuchBucket" -> "the bucket does not exist: create it, or correct its name";
      case "SignatureDoesNotMatch" -> "the secret key is wrong: check AWS_SECRET_ACCESS_KEY";
      case "InvalidAccessKeyId" -> "the access key is not known: check AWS_ACCESS_KEY_ID";
      case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
          "the session token has expired: renew AWS_SESSION_TOKEN";
      case "RequestTimeTooSkewed" -> "this machine's clock is wrong: set it";
      default -> adviceByStatus();
    };
  }

  private String adviceByStatus() {
    return switch (status) {
      case 401, 403 -> "access is denied: check the credentials and what they may do there";
      case 501 -> "the server lacks this operation: see docs/object-storage.md";
      case 301, 307, 308 -> "the bucket is elsewhere: check AWS_REGION and PRIMUM_S3_ENDPOINT";
      case 412 -> "the object was written anew meanwhile: start again";
      case 416 -> "the object has no such range";
      case 400 -> "the server refused the request: check AWS_REGION and PRIMUM_S3_ENDPOINT";
      default -> "the server refused the request";
    };
  }
}
