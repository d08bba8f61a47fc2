package org.primum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages as Markdown: a page whose parts were mixed up reads like nonsense long before a
/// command of it fails.
class DocumentationTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.*)");

  static List<Path> pages() throws IOException {
    var pages =
        new ArrayList<>(
            Stream.of("README.md", "ARCHITECTURE.md", "CHANGELOG.md").map(Path::of).toList());
    for (String folder : List.of("docs", "steps", "pipelines", "containers", "testdata")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFenceIsClosedBeforeTheNextIsOpened(Path page) throws IOException {
    boolean open = false;
    for (Line line : lines(page)) {
      if (line.text().strip().startsWith("```")) {
        boolean bare = line.text().strip().equals("```");
        assertThat(open && !bare).as("%s: a fence is opened within another", line).isFalse();
        open = !open;
      }
    }
    assertThat(open).as("%s ends within a fence", page).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noSectionIsEmpty(Path page) throws IOException {
    Line last = new Line(page, 0, "");
    for (Line line : prose(page)) {
      Matcher heading = HEADING.matcher(line.text());
      Matcher before = HEADING.matcher(last.text());
      if (heading.matches() && before.matches()) {
        assertThat(heading.group(1).length())
            .as("%s: nothing is said under %s", line, last.text())
            .isGreaterThan(before.group(1).length());
      }
      last = line.text().isBlank() ? last : line;
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRowStandsInATable(Path page) throws IOException {
    List<Line> lines = prose(page);
    boolean table = false;
    for (int i = 0; i < lines.size(); i++) {
      boolean row = lines.get(i).text().startsWith("|");
      if (row && !table) {
        assertThat(i + 1 < lines.size() ? lines.get(i + 1).text() : "")
            .as("%s: a row without a table", lines.get(i))
            .startsWith("|--");
      }
      table = row;
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkWithinTheProjectLeadsSomewhere(Path page) throws IOException {
    for (Line line : prose(page)) {
      Matcher links = LINK.matcher(line.text().replaceAll("`[^`]*`", ""));
      while (links.find()) {
        if (!links.group(1).matches("[a-z]+:.*")) {
          assertThat(leadsSomewhere(page, links.group(1)))
              .as("%s: %s", line, links.group(1))
              .isTrue();
        }
      }
    }
  }

  @Test
  void findsThePagesOfTheProject() throws IOException {
    assertThat(pages()).contains(Path.of("docs/explanations.md"), Path.of("steps/gate/README.md"));
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path folder = page.getParent() == null ? Path.of("") : page.getParent();
    Path target = parts[0].isEmpty() ? page : folder.resolve(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /// Anchors as GitHub and GitLab make them of headings.
  private static List<String> anchors(Path page) throws IOException {
    return prose(page).stream()
        .map(line -> HEADING.matcher(line.text()))
        .filter(Matcher::matches)
        .map(heading ->
            heading
                .group(2)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'))
        .toList();
  }

  /// All but what stands within fences; where one opens stays, since it is something that is said.
  private static List<Line> prose(Path page) throws IOException {
    var prose = new ArrayList<Line>();
    boolean open = false;
    for (Line line : lines(page)) {
      boolean fence = line.text().strip().startsWith("```");
      if (!open) {
        prose.add(line);
      }
      open ^= fence;
    }
    return prose;
  }

  private static List<Line> lines(Path page) throws IOException {
    var lines = new ArrayList<Line>();
    for (String text : Files.readAllLines(page)) {
      lines.add(new Line(page, lines.size() + 1, text));
    }
    return lines;
  }

  private record Line(Path page, int number, String text) {

    @Override
    public String toString() {
      return page + ":" + number;
    }
  }
}
