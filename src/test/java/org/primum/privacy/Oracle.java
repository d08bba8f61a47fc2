package org.primum.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The fixtures of testdata/privacy; where they come from is in the README there.
public final class Oracle {

  private Oracle() {}

  public static JsonNode read(String file) {
    try {
      return new ObjectMapper().readTree(Path.of("testdata/privacy", file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
