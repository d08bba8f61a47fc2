package org.primum.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/// Turns every answer but a success into an [S3Failure] before the SDK sees it. The SDK would hide
/// the status of an answer that is not exactly `application/xml` (a proxy's 503), read an error
/// without bound, and break on a write's answer without ETag.
final class S3Answers implements Interceptor {

  private static final long MAX_ERROR_BYTES = 1 << 16;
  private static final Pattern CODE = Pattern.compile("<Code>\\s*([A-Za-z0-9]{1,64})\\s*</Code>");

  private final Duration silence;

  /// @param silence how long a server may say nothing while it puts the gigabytes of a completed
  ///   upload together
  S3Answers(Duration silence) {
    this.silence = silence;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    boolean completes =
        chain.request().method().equals("POST")
            && chain.request().url().queryParameter("uploadId") != null;
    Response response =
        completes
            ? chain
                .withReadTimeout((int) silence.toMillis(), TimeUnit.MILLISECONDS)
                .proceed(chain.request())
            : chain.proceed(chain.request());
    if (!response.isSuccessful()) {
      try (response) {
        throw new S3Failure(response.code(), codeOf(response));
      }
    }
    if (chain.request().method().equals("PUT") && response.header("ETag") == null) {
      response.close();
      throw new S3Failure(response.code(), "NoETagInAnswer");
    }
    return response;
  }

  private static String codeOf(Response response) throws IOException {
    if (response.code() == 412) {
      return "PreconditionFailed"; // says all there is to say, should the rest be lost
    }
    ResponseBody body = response.peekBody(MAX_ERROR_BYTES);
    Matcher code = CODE.matcher(body.string());
    return code.find() ? code.group(1) : "";
  }
}
