package org.primum.cohort;

/// One synthetic person. What no hospital records is here too: how frail, and how ill.
///
/// @param age in years at the first admission, 18 to 99
/// @param race index into [Vocabulary#RACES]
/// @param raceRecorded whether the records say so
/// @param site index into [Vocabulary#SITES]
/// @param insurance index into [Vocabulary#INSURANCES]
/// @param burden of chronic illness, standard normal
record Patient(
    long number,
    int age,
    boolean female,
    int race,
    boolean raceRecorded,
    int site,
    int insurance,
    double burden) {

  static final int BLACK = 1;
  private static final int OLD = 75;

  private static final double[] AGE_SHARES = {0.20, 0.30, 0.22, 0.28};
  private static final int[] AGE_FROM = {18, 45, 65, 75};
  private static final int[] AGE_YEARS = {27, 20, 10, 18};
  private static final double[] RACE_SHARES = {0.62, 0.18, 0.12, 0.05, 0.03};
  private static final double RACE_UNKNOWN = 0.02;

  /// Hospitals are as segregated as the towns around them.
  private static final double[] SITES_OF_MOST = {0.25, 0.22, 0.18, 0.15, 0.12, 0.08};

  private static final double[] SITES_OF_BLACK = {0.08, 0.10, 0.12, 0.18, 0.22, 0.30};

  static Patient draw(long number, Draws draws) {
    int band = draws.among(AGE_SHARES);
    int age = AGE_FROM[band] + (int) (draws.uniform() * AGE_YEARS[band]);
    boolean female = draws.happens(0.53);
    int race = draws.among(RACE_SHARES);
    int site = draws.among(race == BLACK ? SITES_OF_BLACK : SITES_OF_MOST);
    int insurance = insurance(age, race, draws);
    double burden = draws.normal();
    boolean recorded = !draws.happens(RACE_UNKNOWN);
    return new Patient(number, age, female, race, recorded, site, insurance, burden);
  }

  private static int insurance(int age, int race, Draws draws) {
    if (age >= 65) {
      return draws.among(0.92, 0.05, 0.03, 0);
    }
    return race == 0 ? draws.among(0.08, 0.17, 0.68, 0.07) : draws.among(0.09, 0.34, 0.45, 0.12);
  }

  boolean isOld() {
    return age >= OLD;
  }

  boolean isBlack() {
    return race == BLACK;
  }

  /// Index into [Vocabulary#AGE_BANDS].
  int ageBand() {
    return age < 45 ? 0 : age < 65 ? 1 : age < OLD ? 2 : 3;
  }
}
