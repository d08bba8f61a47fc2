package org.primum.step.explanation;

import java.util.Set;

/// What is asked of the pictures of explanations.
///
/// @param files forms in which they are written beside the report
/// @param areValues whether they may show values of patients
public record PictureAsk(Set<Form> files, boolean areValues) {

  /// The form of a picture's file.
  public enum Form {
    /// Lines and text, light or dark as the reader's machine is.
    SVG,
    /// Pixels, light.
    PNG
  }

  public PictureAsk {
    files = Set.copyOf(files);
  }

  /// In the report alone, and no value of a patient.
  public static PictureAsk nothing() {
    return new PictureAsk(Set.of(), false);
  }
}
