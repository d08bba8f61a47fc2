package org.primum.document;

/// The source attributes of a predictive decision support intervention, 45 CFR
/// 170.315(b)(11)(iv)(B), 89 FR 1192 (9 January 2024). The keys are those under which OpenEMR lists
/// them (`dsi_predictive_source_attributes`).
enum SourceAttribute {
  DETAILS_DEVELOPER("(1)(i)", "Name and contact information for the intervention developer"),
  DETAILS_FUNDING(
      "(1)(ii)",
      "Funding source of the technical implementation for the intervention(s) development"),
  DETAILS_OUTPUT_VALUE(
      "(1)(iii)", "Description of value that the intervention produces as an output"),
  DETAILS_OUTPUT_TYPE(
      "(1)(iv)",
      "Whether the intervention output is a prediction, classification, recommendation,"
          + " evaluation, analysis, or other type of output"),
  PURPOSE_INTENDED_USE("(2)(i)", "Intended use of the intervention"),
  PURPOSE_PATIENT_POPULATION(
      "(2)(ii)", "Intended patient population(s) for the intervention's use"),
  PURPOSE_INTENDED_USERS("(2)(iii)", "Intended user(s)"),
  PURPOSE_DECISION_ROLE(
      "(2)(iv)",
      "Intended decision-making role for which the intervention was designed to be used/for"),
  CAUTIONS_INAPPROPRIATE_USE(
      "(3)(i)",
      "Description of tasks, situations, or populations where a user is cautioned against applying"
          + " the intervention"),
  CAUTIONS_RISKS(
      "(3)(ii)", "Known risks, inappropriate settings, inappropriate uses, or known limitations"),
  DEVELOPMENT_CRITERIA(
      "(4)(i)", "Exclusion and inclusion criteria that influenced the training data set"),
  DEVELOPMENT_VARIABLES(
      "(4)(ii)", "Use of variables in paragraph (b)(11)(iv)(A)(5)-(13) as input features"),
  DEVELOPMENT_DEMOGRAPHICS(
      "(4)(iii)",
      "Description of demographic representativeness according to variables in paragraph"
          + " (b)(11)(iv)(A)(5)-(13)"),
  DEVELOPMENT_RELEVANCE(
      "(4)(iv)", "Description of relevance of training data to intended deployed setting"),
  FAIRNESS_APPROACH(
      "(5)(i)",
      "Description of the approach the intervention developer has taken to ensure that the"
          + " intervention's output is fair"),
  FAIRNESS_BIAS_MITIGATION(
      "(5)(ii)", "Description of approaches to manage, reduce, or eliminate bias"),
  VALIDATION_DATA_SOURCE(
      "(6)(i)",
      "Description of the data source, clinical setting, or environment where an intervention's"
          + " validity and fairness has been assessed, other than the source of training and"
          + " testing data"),
  VALIDATION_TESTER("(6)(ii)", "Party that conducted the external testing"),
  VALIDATION_DEMOGRAPHICS(
      "(6)(iii)",
      "Description of demographic representativeness of external data according to variables in"
          + " paragraph (b)(11)(iv)(A)(5)-(13)"),
  VALIDATION_PROCESS("(6)(iv)", "Description of external validation process"),
  PERFORMANCE_INTERNAL_VALIDITY(
      "(7)(i)",
      "Validity of intervention in test data derived from the same source as the initial training"
          + " data"),
  PERFORMANCE_INTERNAL_FAIRNESS(
      "(7)(ii)",
      "Fairness of intervention in test data derived from the same source as the initial training"
          + " data"),
  PERFORMANCE_EXTERNAL_VALIDITY(
      "(7)(iii)",
      "Validity of intervention in data external to or from a different source than the initial"
          + " training data"),
  PERFORMANCE_EXTERNAL_FAIRNESS(
      "(7)(iv)",
      "Fairness of intervention in data external to or from a different source than the initial"
          + " training data"),
  PERFORMANCE_OUTCOME_EVALUATION(
      "(7)(v)",
      "References to evaluation of use of the intervention on outcomes, including, bibliographic"
          + " citations or hyperlinks to evaluations of how well the intervention reduced"
          + " morbidity, mortality, length of stay, or other outcomes"),
  MAINTENANCE_VALIDITY_MONITORING(
      "(8)(i)",
      "Description of process and frequency by which the intervention's validity is monitored over"
          + " time"),
  MAINTENANCE_LOCAL_VALIDITY("(8)(ii)", "Validity of intervention in local data"),
  MAINTENANCE_FAIRNESS_MONITORING(
      "(8)(iii)",
      "Description of the process and frequency by which the intervention's fairness is monitored"
          + " over time"),
  MAINTENANCE_LOCAL_FAIRNESS("(8)(iv)", "Fairness of intervention in local data"),
  UPDATES_PROCESS(
      "(9)(i)", "Description of process and frequency by which the intervention is updated"),
  UPDATES_CORRECTION(
      "(9)(ii)",
      "Description of frequency by which the intervention's performance is corrected when risks"
          + " related to validity and fairness are identified");

  private final String paragraph;
  private final String text;

  SourceAttribute(String paragraph, String text) {
    this.paragraph = paragraph;
    this.text = text;
  }

  String key() {
    return "predictive_" + name().toLowerCase(java.util.Locale.ROOT);
  }

  String paragraph() {
    return "(b)(11)(iv)(B)" + paragraph;
  }

  String text() {
    return text;
  }
}
