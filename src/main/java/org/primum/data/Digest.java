package org.primum.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The name of some bytes: `sha256:` and 64 lower-case hexadecimal digits (FIPS 180-4).
///
/// @param value the whole text, prefix included
public record Digest(String value) implements Comparable<Digest> {

  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a digest is sha256: and 64 hexadecimal digits, got '" + value + "'");
    }
  }

  /// The 64 hexadecimal digits without the prefix.
  public String hex() {
    return value.substring(PREFIX.length());
  }

  public static Digest of(byte[] bytes) {
    return of(sha256().digest(bytes), PREFIX);
  }

  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Streams the file; its size does not matter.
  public static Digest of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /// Reads the stream to its end, without closing it.
  public static Digest of(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    var through = new DigestInputStream(in, digest);
    through.transferTo(OutputStream.nullOutputStream());
    return of(digest.digest(), PREFIX);
  }

  /// The digest of what a caller fed to its own [MessageDigest] of SHA-256.
  public static Digest finish(MessageDigest digest) {
    return of(digest.digest(), PREFIX);
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Digest of(byte[] hash, String prefix) {
    return new Digest(prefix + HexFormat.of().formatHex(hash));
  }

  @Override
  public int compareTo(Digest other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
