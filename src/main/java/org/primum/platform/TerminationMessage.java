package org.primum.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// The one line that says why a step ended as it did: Argo and Kubernetes show it on the node.
///
/// It goes to `/dev/termination-log`, or to the file `PRIMUM_TERMINATION_LOG` names. Where neither
/// can be written, nobody is listening, and nothing is written.
public final class TerminationMessage {

  /// In bytes of UTF-8; what follows is cut off.
  public static final int LIMIT = 1024;

  private static final String OVERRIDE = "PRIMUM_TERMINATION_LOG";
  private static final String KUBERNETES = "/dev/termination-log";

  private final Path file;

  public TerminationMessage(Map<String, String> environment) {
    this.file = Path.of(environment.getOrDefault(OVERRIDE, KUBERNETES));
  }

  /// Writes the message as one line.
  ///
  /// @return whether somebody could be told
  public boolean write(String message) {
    try {
      if (file.startsWith("/dev") && !Files.isWritable(file)) {
        return false;
      }
      Files.write(
          file,
          line(message),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// The message on one line, cut to [#LIMIT] bytes between two characters.
  static byte[] line(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    while (bytes.length > LIMIT) {
      line = line.substring(0, line.offsetByCodePoints(line.length(), -1));
      bytes = line.getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
