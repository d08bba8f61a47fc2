package org.primum.report;

import java.util.List;
import org.primum.gate.Verdict;

/// What a step tells people, before anybody decides how it looks.
///
/// @param title what was done, e.g. "Fairness audit"
/// @param lead one or two sentences that stand right under the verdict: who is affected, and how
///   many
public record Report(String title, Verdict verdict, String lead, List<Section> sections) {

  public Report {
    sections = List.copyOf(sections);
  }

  /// A heading and what stands under it.
  public record Section(String heading, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }

    public static Section of(String heading, Block... blocks) {
      return new Section(heading, List.of(blocks));
    }
  }

  /// A piece of a section. All text is plain; the writer of a format escapes it.
  public sealed interface Block {

    record Paragraph(String text) implements Block {}

    record Bullets(List<String> items) implements Block {
      public Bullets {
        items = List.copyOf(items);
      }
    }

    /// Something a reader must not miss, set apart.
    record Note(String text) implements Block {}

    /// Few numbers in large print, each with what it is.
    record Figures(List<Fact> facts) implements Block {
      public Figures {
        facts = List.copyOf(facts);
      }
    }

    /// Rows under a header; every row is as long as the header. Columns that hold numbers are set
    /// right.
    record Grid(String caption, List<String> header, List<List<String>> rows) implements Block {
      public Grid {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
      }
    }

    /// A picture.
    ///
    /// @param svg one `<svg>` element made by this package, its texts escaped
    /// @param caption what it shows, in a sentence
    record Picture(String svg, String caption) implements Block {}

    /// Blocks most readers skip, folded away under a line that names them.
    record Details(String summary, List<Block> blocks) implements Block {
      public Details {
        blocks = List.copyOf(blocks);
      }
    }
  }

  /// @param value as it is to be read, unit included
  /// @param label what it is
  public record Fact(String value, String label) {}
}
