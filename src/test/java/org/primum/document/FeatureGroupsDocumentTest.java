package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.value.FeatureGroups;
import org.primum.gate.ConfigInvalidException;

/// A model of five features; `ward` is one variable in three columns.
final class FeatureGroupsDocumentTest {

  private static final List<String> FEATURES =
      List.of("age", "ward_icu", "dose", "ward_general", "ward_other");

  private static final String WARDS =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FeatureGroups
      metadata: {name: wards}
      groups:
        ward: [ward_general, ward_icu, ward_other]
      """;

  private static FeatureGroups read(String text) {
    return FeatureGroupsDocument.read(
        new Source("groups.yaml", text.getBytes(StandardCharsets.UTF_8)), FEATURES);
  }

  @Test
  void aGroupStandsWhereItsFirstFeatureDoes() {
    FeatureGroups groups = read(WARDS);

    assertThat(groups.names()).containsExactly("age", "ward", "dose");
    assertThat(groups.isSingle()).isFalse();
  }

  @Test
  void valuesAreSumsUnlessTheyAreSaidToBeTogether() {
    assertThat(read(WARDS).areTogether()).isFalse();
    assertThat(read(WARDS + "values: sum\n").areTogether()).isFalse();
    assertThat(read(WARDS + "values: together\n").areTogether()).isTrue();
    assertThat(read(WARDS + "values: together\n").names()).containsExactly("age", "ward", "dose");
    assertThatThrownBy(() -> read(WARDS + "values: apart\n"))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("values");
  }

  @Test
  void aGroupOfOneRenamesAFeature() {
    FeatureGroups groups = read(WARDS.replace("[ward_general, ward_icu, ward_other]", "[dose]"));

    assertThat(groups.names())
        .containsExactly("age", "ward_icu", "ward", "ward_general", "ward_other");
    assertThat(groups.isSingle()).isTrue();
  }

  @Test
  void aGroupMayHaveTheNameOfOneOfItsOwnFeatures() {
    assertThat(read(WARDS.replace("ward:", "ward_icu:")).names())
        .containsExactly("age", "ward_icu", "dose");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: FeatureGroups", "v1alpha1", "groups:", "[ward_general"})
  void aDocumentOfAnotherFormIsRefusedWithTheNameOfTheFile(String part) {
    assertThatThrownBy(() -> read(WARDS.replace(part, "no: {")))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("groups.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ward: []", "{}", "ward: ward_icu", "ward: [1]", "'': [dose]"})
  void groupsAreNamesOfAtLeastOneFeature(String groups) {
    String text = WARDS.substring(0, WARDS.indexOf("  ward:")) + "  " + groups + "\n";
    assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigInvalidException.class);
  }

  /// Whatever bytes come, it is read or refused, and nothing else happens.
  @Test
  void damagedDocumentsAreReadOrRefused() {
    var random = new Random(20261122);
    byte[] whole = WARDS.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : " :{}[],'\"&*!|>-\n".charAt(random.nextInt(16)));
      }
      try {
        assertThat(FeatureGroupsDocument.read(new Source("g", damaged), FEATURES).names())
            .isNotEmpty();
      } catch (ConfigInvalidException e) {
        assertThat(e).hasMessageStartingWith("g: ");
      }
    }
  }
}
