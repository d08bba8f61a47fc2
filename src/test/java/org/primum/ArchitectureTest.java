package org.primum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// ARCHITECTURE.md names the main path by type and method, so that a reader can follow it; here
/// each name is looked up.
final class ArchitectureTest {

  private static final Pattern STATION =
      Pattern.compile("`([a-z]+\\.[A-Z][A-Za-z]+)\\.([a-z][A-Za-z]+)`");

  @TestFactory
  Stream<DynamicTest> everyStationOfTheMainPathExists() throws Exception {
    List<DynamicTest> stations = new ArrayList<>();
    Matcher matcher = STATION.matcher(Files.readString(Path.of("ARCHITECTURE.md")));
    while (matcher.find()) {
      String type = "org.primum." + matcher.group(1);
      String method = matcher.group(2);
      stations.add(dynamicTest(matcher.group(), () -> exists(type, method)));
    }
    assertThat(stations).hasSizeGreaterThanOrEqualTo(8);
    return stations.stream();
  }

  private static void exists(String type, String method) throws ClassNotFoundException {
    assertThat(Arrays.stream(Class.forName(type).getDeclaredMethods()).map(m -> m.getName()))
        .contains(method);
  }
}
