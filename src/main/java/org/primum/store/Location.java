package org.primum.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an input or an output of a step is: a path (`data/x.csv`), a file URI (`file:/data/x.csv`,
/// percent-decoded after RFC 8089), or an object in a bucket (`s3://bucket/key`, and `minio://` for
/// the same). Keys are taken as they are typed: nothing in them is decoded.
public sealed interface Location {

  /// On this machine.
  record Local(String text, Path path) implements Location {
    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public String bucket() {
      throw new IllegalStateException(text + " is a path and has no bucket");
    }

    @Override
    public String key() {
      throw new IllegalStateException(text + " is a path and has no key");
    }

    @Override
    public Location resolve(String child) {
      ObjectKey.check(child);
      return new Local(withSlash(text) + child, path.resolve(child));
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// In a bucket. The empty key is the bucket itself; one slash at the end of the text is dropped
  /// from the key.
  record Remote(String text, String bucket, String key) implements Location {
    public Remote {
      if (!key.isEmpty()) {
        ObjectKey.check(key);
      }
    }

    @Override
    public boolean isLocal() {
      return false;
    }

    @Override
    public Path path() {
      throw new IllegalStateException(text + " is in a bucket and has no path");
    }

    @Override
    public Location resolve(String child) {
      ObjectKey.check(child);
      String below = key.isEmpty() ? child : key + "/" + child;
      return new Remote(withSlash(text) + child, bucket, below);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// A model that answers over HTTP: nothing is read from there or written there.
  record Served(URI uri) implements Location {
    @Override
    public boolean isLocal() {
      return false;
    }

    @Override
    public Path path() {
      throw new IllegalStateException(uri + " is a service and has no path");
    }

    @Override
    public String bucket() {
      throw new IllegalStateException(uri + " is a service and has no bucket");
    }

    @Override
    public String key() {
      throw new IllegalStateException(uri + " is a service and has no key");
    }

    @Override
    public Location resolve(String child) {
      throw new IllegalStateException(uri + " is a service and holds nothing");
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /// The scheme of a URL.
  Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);

  /// After the naming rules of Amazon S3, which other servers take over.
  Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  boolean isLocal();

  /// @throws IllegalStateException for a location in a bucket
  Path path();

  /// @throws IllegalStateException for a path
  String bucket();

  /// Without a slash at either end; empty for the bucket itself.
  ///
  /// @throws IllegalStateException for a path
  String key();

  /// The bucket this location is in, from which its key is relative.
  ///
  /// @throws IllegalStateException for a path
  default Location wholeBucket() {
    return new Remote("s3://" + bucket(), bucket(), "");
  }

  /// The location below this one.
  ///
  /// @param child a key: segments joined by `/`, none of them empty, `.` or `..`
  Location resolve(String child);

  /// @throws IllegalArgumentException with a message for the person who typed it; it never repeats
  ///   the part of an address where people put passwords
  static Location parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a location is empty; give a path or s3://bucket/key");
    }
    if (text.startsWith("file:")) {
      return new Local(text, localPath(text, decoded(withoutAuthority(text))));
    }
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      return new Local(text, localPath(text, text));
    }
    return switch (scheme.group(1)) {
      case "s3", "minio" -> remote(text);
      case String other ->
          throw new IllegalArgumentException(
              "a location starts with '"
                  + other.toLowerCase(Locale.ROOT)
                  + "://', which is not known here; give a path, file:, s3:// or minio://");
    };
  }

  /// Like [#parse], and `http://` or `https://` for a model that is served.
  ///
  /// @throws IllegalArgumentException as [#parse]
  static Location parseModel(String text) {
    Matcher scheme = SCHEME.matcher(text);
    String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
    return name.equals("http") || name.equals("https") ? served(text) : parse(text);
  }

  private static Location served(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the address of a served model is no URL", e);
    }
    if (uri.getRawUserInfo() != null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "the address of a served model is http://HOST[:PORT]/v1/models/NAME or"
              + " …/v2/models/NAME, without user or password");
    }
    return new Served(uri);
  }

  private static Location remote(String text) {
    String address = text.substring(text.indexOf("://") + 3);
    int slash = address.indexOf('/');
    String bucket = slash < 0 ? address : address.substring(0, slash);
    String key = slash < 0 ? "" : address.substring(slash + 1);
    if (bucket.indexOf('@') >= 0 || bucket.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a location is s3://bucket/key: no user, password, host or port in it; the endpoint and"
              + " the credentials come from the environment");
    }
    if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' does not name a bucket: 3 to 63 lower-case letters, digits, dots and hyphens");
    }
    boolean folder = key.length() > 1 && key.endsWith("/");
    return new Remote(text, bucket, folder ? key.substring(0, key.length() - 1) : key);
  }

  private static Path localPath(String text, String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
    }
  }

  private static String withoutAuthority(String text) {
    String rest = text.substring("file:".length());
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = rest.substring(2, slash < 0 ? rest.length() : slash);
      if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
        throw new IllegalArgumentException(
            "'" + text + "' names a host; write file:/path with an absolute path");
      }
      rest = rest.substring(slash);
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' has no path after file:");
    }
    return rest;
  }

  private static String decoded(String path) {
    byte[] out = new byte[path.length() * 3];
    int size = 0;
    for (int i = 0; i < path.length(); ) {
      if (path.charAt(i) == '%') {
        out[size++] = (byte) hexPair(path, i + 1);
        i += 3;
      } else {
        int point = path.codePointAt(i);
        byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, out, size, utf8.length);
        size += utf8.length;
        i += Character.charCount(point);
      }
    }
    return new String(out, 0, size, StandardCharsets.UTF_8);
  }

  private static int hexPair(String path, int from) {
    int high = from < path.length() ? Character.digit(path.charAt(from), 16) : -1;
    int low = from + 1 < path.length() ? Character.digit(path.charAt(from + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException(
          "'file:" + path + "' has a % without two hexadecimal digits; write a % itself as %25");
    }
    return high * 16 + low;
  }

  private static String withSlash(String text) {
    return text.endsWith("/") ? text : text + "/";
  }
}
