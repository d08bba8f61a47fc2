package org.primum.cohort;

/// The texts of the cohort's columns.
final class Vocabulary {

  static final String[] RACES = {"White", "Black", "Hispanic", "Asian", "Other"};
  static final String[] SEXES = {"F", "M"};
  static final String[] AGE_BANDS = {"18-44", "45-64", "65-74", "75+"};
  static final String[] SITES = {"A", "B", "C", "D", "E", "F"};
  static final String[] INSURANCES = {"medicare", "medicaid", "commercial", "none"};
  static final String[] DIAGNOSES = {
    "heart failure", "pneumonia", "copd", "sepsis", "stroke", "surgery", "other"
  };

  private Vocabulary() {}
}
