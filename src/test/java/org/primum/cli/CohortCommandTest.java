package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Digest;

/// Small cohorts in a directory of their own.
final class CohortCommandTest {

  @TempDir Path directory;

  private Cli cohort(String name, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "cohort";
    arguments[1] = "--patients=300";
    arguments[2] = "--output=" + directory.resolve(name);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(arguments);
  }

  @Test
  void sameSeedGivesTheSameBytes() throws IOException {
    for (String format : new String[] {"parquet", "csv"}) {
      cohort("one." + format, "--format=" + format);
      cohort("two." + format, "--format=" + format);
      assertThat(Digest.of(directory.resolve("one." + format)))
          .isEqualTo(Digest.of(directory.resolve("two." + format)));
    }
    cohort("three", "--seed=2");
    assertThat(Digest.of(directory.resolve("three")))
        .isNotEqualTo(Digest.of(directory.resolve("one.parquet")));
  }

  @Test
  void writesTheColumnsItDocuments() throws IOException {
    cohort("c.csv", "--format=csv");
    assertThat(Files.readAllLines(directory.resolve("c.csv")).getFirst())
        .isEqualTo(
            "patient_id,admission_month,race,sex,age,age_band,site,insurance,prior_admissions,"
                + "length_of_stay,comorbidity_index,emergency,hemoglobin,sodium,creatinine,albumin,"
                + "bnp,systolic_bp,spo2,diagnosis,readmitted_30d,weight");
  }

  @Test
  void refusesToOverwrite() {
    assertThat(cohort("c").code()).isZero();
    Cli again = cohort("c");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("a file is there");
    assertThat(cohort("c", "--overwrite").code()).isZero();
  }

  @Test
  void rejectsWhatCannotBeDrawn() {
    assertThat(cohort("c", "--months=0").err()).contains("--months must lie between 1 and 120");
    assertThat(cohort("c", "--months=0").code()).isEqualTo(2);
    assertThat(Cli.run("cohort", "--patients=0", "--output=" + directory.resolve("d")).code())
        .isEqualTo(2);
    assertThat(directory).isEmptyDirectory();
  }
}
