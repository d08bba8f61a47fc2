package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A budget of epsilon 1 in a bucket of an S3 server in this process; a release costs 0.5.
final class DpNoiseS3Test {

  private static S3Proxy server;
  private static Map<String, String> environment = Map.of();

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, "access", "secret-of-the-test")
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    String endpoint = "http://127.0.0.1:" + server.getPort();
    MinioClient.builder()
        .endpoint(endpoint)
        .credentials("access", "secret-of-the-test")
        .build()
        .makeBucket(MakeBucketArgs.builder().bucket("privacy").build());
    environment =
        Map.of(
            "PRIMUM_S3_ENDPOINT",
            endpoint,
            "AWS_ACCESS_KEY_ID",
            "access",
            "AWS_SECRET_ACCESS_KEY",
            "secret-of-the-test");
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private Cli run(String output) {
    return Cli.run(
        environment,
        "dp-noise",
        "--data=" + folder.resolve("data.csv"),
        "--release=" + folder.resolve("release.yaml"),
        "--budget=" + folder.resolve("budget.yaml"),
        "--ledger=s3://privacy/prod",
        "--run-id=" + output,
        "--output-dir=" + folder.resolve(output));
  }

  @Test
  void theBudgetIsKeptInTheBucket() throws Exception {
    Files.writeString(folder.resolve("data.csv"), "patient_id\na\nb\n");
    Files.writeString(
        folder.resolve("budget.yaml"),
        """
        kind: PrivacyBudget
        dataset: clinic
        unit: {column: patient_id, maxRows: 1}
        neighbouring: add-remove
        definition: pure
        epsilon: 1
        """);
    Files.writeString(
        folder.resolve("release.yaml"),
        """
        kind: PrivacyRelease
        metadata: {name: t}
        queries: [{id: all, kind: count, epsilon: 0.5}]
        """);
    Cli first = run("one");
    assertThat(first.code()).as(first.err()).isZero();
    Cli again = run("one/again");
    assertThat(again.code()).as(again.err()).isZero();
    Cli third = run("three");
    assertThat(third.code()).as(third.err()).isEqualTo(22);
    assertThat(third.err()).contains("only 0 is left");
    String params = Files.readString(folder.resolve("one/again/params/ledger_sequence"));
    assertThat(params).isEqualTo("3");
  }
}
