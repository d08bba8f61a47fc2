package org.primum.report;

import java.util.List;
import org.primum.gate.Finding;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Verdict;

/// What a step tells people, before anybody decides how it looks.
///
/// @param title what was done, e.g. "Fairness audit"
/// @param headline the verdict in a word or two, e.g. "Refused"
/// @param lead one or two sentences that stand right under the verdict: who is affected, and how
///   many
/// @param checks what was asked and what came out
public record Report(
    String title,
    String headline,
    Verdict verdict,
    String lead,
    List<Check> checks,
    List<Section> sections) {

  public Report {
    checks = List.copyOf(checks);
    sections = List.copyOf(sections);
  }

  /// A report whose headline and checks are those of its verdict.
  public Report(String title, Verdict verdict, String lead, List<Section> sections) {
    this(
        title,
        headline(verdict.status()),
        verdict,
        lead,
        verdict.findings().stream().map(Check::of).toList(),
        sections);
  }

  /// The same under a headline that says what was done: `Promoted` says more than `Passed`.
  public Report headed(String words) {
    return new Report(title, words, verdict, lead, checks, sections);
  }

  /// The same with checks in better words.
  public Report checking(List<Check> inWords) {
    return new Report(title, headline, verdict, lead, inWords, sections);
  }

  /// What a finding means to people: the words of the check that speaks of it alone, else its
  /// reason.
  public String inWords(Finding finding) {
    int at = verdict.findings().indexOf(finding);
    boolean oneForOne = at >= 0 && checks.size() == verdict.findings().size();
    return oneForOne && checks.get(at).rule().equals(finding.rule())
        ? checks.get(at).outcome()
        : finding.reason();
  }

  private static String headline(Status status) {
    return switch (status) {
      case PASS -> "Passed";
      case WAIVED -> "Passed, with a waiver";
      case WARN -> "Passed, with a warning";
      case INCONCLUSIVE -> "Not known";
      case FAIL -> "Refused";
    };
  }

  /// One line of what was asked.
  ///
  /// @param rule its id
  /// @param meaning the rule in words, for those who do not know the id; may be empty
  /// @param group of whom; empty for everyone
  /// @param outcome what came out, in a sentence
  /// @param detail the numbers behind it, small; may be empty
  public record Check(
      Status status, String rule, String meaning, String group, String outcome, String detail) {

    /// A finding as it stands in the verdict.
    public static Check of(Finding finding) {
      String group = finding.measurement().group();
      return new Check(
          finding.status(),
          finding.rule(),
          "",
          group.equals(Measurement.OVERALL) ? "" : group,
          finding.reason(),
          "");
    }
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

    /// Pictures of one scale beside each other.
    record Panels(String caption, List<Panel> panels, Width width) implements Block {
      public Panels {
        panels = List.copyOf(panels);
      }

      /// Of small ones.
      public Panels(String caption, List<Panel> panels) {
        this(caption, panels, Width.SMALL);
      }
    }

    /// How much room a picture beside others needs.
    enum Width {
      /// Three or four beside each other, two on a phone.
      SMALL,
      /// Two beside each other, one on a phone: pictures with names and numbers in them.
      LARGE
    }

    /// Blocks most readers skip, folded away under a line that names them.
    record Details(String summary, List<Block> blocks) implements Block {
      public Details {
        blocks = List.copyOf(blocks);
      }
    }
  }

  /// One of several small pictures.
  ///
  /// @param title whose it is
  /// @param note how much it stands on, short
  /// @param svg one `<svg>` element made by this package, its texts escaped
  public record Panel(String title, String note, String svg) {}

  /// @param value as it is to be read, unit included
  /// @param label what it is
  public record Fact(String value, String label) {}
}
