package org.primum.cohort;

/// One stay of a patient, as the hospital's records tell it. NaN is a value nobody recorded.
///
/// The planted biases are the constants of this class; docs/cohort.md tells their story.
///
/// @param month from 0, counted from the cohort's first
/// @param diagnosis index into [Vocabulary#DIAGNOSES]
/// @param readmitted what the records say of the 30 days after discharge, not what happened
record Admission(
    int month,
    int priorAdmissions,
    int lengthOfStay,
    int comorbidities,
    boolean emergency,
    double hemoglobin,
    double sodium,
    double creatinine,
    double albumin,
    double bnp,
    double systolic,
    double saturation,
    int diagnosis,
    boolean readmitted) {

  /// Of readmissions that happen, how many this hospital group records. Many of the oldest come
  /// back to another hospital, the one near their nursing home, and are recorded as well.
  static final double RECORDED = 0.95;

  static final double RECORDED_OLD = 0.60;

  /// How often a laboratory value is measured, of what is usual.
  static final double MEASURED_OLD = 0.85;

  static final double MEASURED_BLACK = 0.85;

  /// Who has less access to care has fewer admissions on record for the same illness.
  static final double ACCESS_BLACK = 0.75;

  /// Pulse oximeters read too high on dark skin.
  static final double OXIMETER_BLACK = 0.8;

  /// How much stays of one patient differ; among the oldest, the fit and the frail differ more.
  private static final double SPREAD = 0.8;

  private static final double SPREAD_OLD = 1.0;

  private static final double[] DIAGNOSIS_SHARES = {0.16, 0.14, 0.12, 0.10, 0.08, 0.20, 0.20};
  private static final double[] DIAGNOSIS_EFFECTS = {0.5, 0.1, 0.3, 0.4, 0.0, -0.5, -0.2};

  static Admission draw(Patient patient, int month, Draws draws) {
    int diagnosis = draws.among(DIAGNOSIS_SHARES);
    double burden = patient.burden();
    double severity = 0.6 * burden + (patient.isOld() ? SPREAD_OLD : SPREAD) * draws.normal();
    double older = (patient.age() - 60) / 20.0;
    double access = patient.isBlack() ? ACCESS_BLACK : 1;
    int prior = draws.poisson(access * StrictMath.exp(-0.5 + 0.6 * burden));
    int stay = 1 + draws.poisson(StrictMath.exp(1.0 + 0.4 * severity));
    int comorbidities = draws.poisson(StrictMath.exp(0.3 + 0.5 * burden + 0.2 * older));
    boolean emergency = draws.happens(logistic(0.2 + 0.7 * severity));
    return new Admission(
        month,
        prior,
        stay,
        comorbidities,
        emergency,
        lab(patient, 0.95, round(13.2 - 0.9 * severity + 1.2 * draws.normal(), 10), draws),
        lab(patient, 0.95, round(139 - 1.5 * severity + 2.6 * draws.normal(), 1), draws),
        lab(
            patient,
            0.95,
            round(
                StrictMath.exp(0.05 + 0.25 * severity + 0.08 * older + 0.25 * draws.normal()), 100),
            draws),
        lab(patient, 0.75, round(3.9 - 0.35 * severity + 0.3 * draws.normal(), 10), draws),
        lab(
            patient,
            0.60,
            round(StrictMath.exp(4.6 + 0.7 * severity + 0.3 * older + 0.7 * draws.normal()), 1),
            draws),
        vital(0.98, round(131 - 5 * severity + 16 * draws.normal(), 1), draws),
        vital(0.97, saturation(patient, severity, draws), draws),
        diagnosis,
        recorded(patient, severity, DIAGNOSIS_EFFECTS[diagnosis], draws));
  }

  private static double saturation(Patient patient, double severity, Draws draws) {
    double truth = 96.2 - 1.1 * severity + 1.0 * draws.normal();
    return Math.min(100, round(truth + (patient.isBlack() ? OXIMETER_BLACK : 0), 1));
  }

  private static boolean recorded(Patient patient, double severity, double effect, Draws draws) {
    double risk = logistic(-2.1 + 1.25 * severity + 0.6 * patient.burden() + effect);
    boolean happened = draws.happens(risk);
    boolean seen = draws.happens(patient.isOld() ? RECORDED_OLD : RECORDED);
    return happened && seen;
  }

  private static double lab(Patient patient, double usual, double value, Draws draws) {
    double old = patient.isOld() ? MEASURED_OLD : 1;
    double black = patient.isBlack() ? MEASURED_BLACK : 1;
    return draws.happens(usual * old * black) ? value : Double.NaN;
  }

  private static double vital(double usual, double value, Draws draws) {
    return draws.happens(usual) ? value : Double.NaN;
  }

  private static double round(double value, int parts) {
    return Math.rint(value * parts) / parts;
  }

  private static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
