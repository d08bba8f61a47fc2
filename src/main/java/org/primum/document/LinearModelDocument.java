package org.primum.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.primum.model.Feature;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ModelInvalidException;

/// The native file of a linear model: intercept, features, and one entry a coefficient. Its form is
/// `schema/linear-model.schema.json`. Reading what was written gives the same model, where its
/// terms are in the order standardized, missing, categories.
public final class LinearModelDocument {

  static final String SCHEMA = "primum.dev/linear-model/v1alpha1";

  private LinearModelDocument() {}

  private record Wire(
      String schema,
      double intercept,
      List<ModelDocument.WireFeature> features,
      List<Standardized> standardized,
      List<Missing> missing,
      List<Category> categories) {}

  private record Standardized(
      String feature, double center, double scale, double coefficient, double backgroundMean) {}

  private record Missing(String feature, double coefficient, double backgroundMean) {}

  private record Category(
      String feature, String category, double coefficient, double backgroundMean) {}

  /// @throws ModelInvalidException naming the file and the key, where it is not what the schema
  ///   says
  public static LinearModel read(Path file) throws IOException {
    Wire wire = ModelJson.read(file, Wire.class);
    if (!wire.schema().equals(SCHEMA)) {
      throw new ModelInvalidException(
          file + ": schema: this version reads " + SCHEMA + ", got '" + wire.schema() + "'");
    }
    try {
      return fromWire(wire);
    } catch (ModelInvalidException e) {
      throw new ModelInvalidException(file + ": " + e.getMessage(), e);
    }
  }

  public static void write(Path file, LinearModel model) throws IOException {
    Files.write(file, bytes(model));
  }

  /// The file's bytes; the same for the same model.
  public static byte[] bytes(LinearModel model) {
    return ModelJson.write(toWire(model));
  }

  private static LinearModel fromWire(Wire wire) {
    List<Feature> features =
        wire.features().stream().map(ModelDocument.WireFeature::feature).toList();
    List<String> names = features.stream().map(Feature::name).toList();
    List<Term> terms = new ArrayList<>();
    for (Standardized s : wire.standardized()) {
      var transform = new Transform.Standardized(s.center(), s.scale());
      terms.add(
          new Term(index(names, s.feature()), transform, s.coefficient(), s.backgroundMean()));
    }
    for (Missing m : wire.missing()) {
      int feature = index(names, m.feature());
      terms.add(
          new Term(feature, new Transform.MissingIndicator(), m.coefficient(), m.backgroundMean()));
    }
    for (Category c : wire.categories()) {
      int feature = index(names, c.feature());
      var transform =
          new Transform.Category(index(features.get(feature).categories(), c.category()));
      terms.add(new Term(feature, transform, c.coefficient(), c.backgroundMean()));
    }
    return new LinearModel(features, terms, wire.intercept());
  }

  private static int index(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new ModelInvalidException("a term names '" + name + "', which no feature declares");
    }
    return index;
  }

  private static Wire toWire(LinearModel model) {
    List<Standardized> standardized = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    List<Category> categories = new ArrayList<>();
    for (Term term : model.terms()) {
      Feature feature = model.features().get(term.feature());
      String name = feature.name();
      double weight = term.coefficient();
      double mean = term.backgroundMean();
      switch (term.transform()) {
        case Transform.Standardized(double center, double scale) ->
            standardized.add(new Standardized(name, center, scale, weight, mean));
        case Transform.Filled(double ignored) ->
            throw new IllegalArgumentException("no model that was trained here has such a term");
        case Transform.MissingIndicator() -> missing.add(new Missing(name, weight, mean));
        case Transform.Category(int code) ->
            categories.add(new Category(name, feature.categories().get(code), weight, mean));
      }
    }
    var features = model.features().stream().map(ModelDocument.WireFeature::of).toList();
    return new Wire(SCHEMA, model.intercept(), features, standardized, missing, categories);
  }
}
