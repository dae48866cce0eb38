// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that an auditor is given, in a JVM that has nothing else. */
class VerifierJarIT {

  private static final Path JAR = Path.of(System.getProperty("verifier.jar"));
  private static final long MAX_BYTES = 10_000_000;

  /** What belongs to a server, by the beginning of a class file's path. */
  private static final List<String> OF_A_SERVER =
      List.of(
          "ch/qos/logback",
          "io/github/jopenlibs",
          "io/netty",
          "org/apache/",
          "org/citywall/audit/anchor/AnchorWorker",
          "org/citywall/audit/anchor/WitnessServer",
          "org/citywall/audit/backup/",
          "org/citywall/audit/index/",
          "org/citywall/audit/log/CheckpointSigner",
          "org/citywall/audit/log/EvidenceLogs",
          "org/citywall/audit/log/FileLog",
          "org/citywall/audit/log/GroupCommit",
          "org/citywall/audit/log/Integrator",
          "org/citywall/audit/log/Recovery",
          "org/citywall/audit/log/RetentionDesk",
          "org/citywall/audit/log/SegmentWriter",
          "org/citywall/audit/secrets/Vault",
          "org/citywall/audit/store/",
          "org/citywall/collect/",
          "org/citywall/compliance/",
          "org/citywall/console/",
          "org/citywall/correlation/",
          "org/citywall/masking/",
          "org/drools",
          "org/h2",
          "org/kie",
          "org/postgresql",
          "org/springframework");

  @TempDir private Path data;
  private WrittenLog log;
  private String printed = "";

  @BeforeEach
  void write() {
    log = new WrittenLog(data);
  }

  private int verify(String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("--data", data.toString()));
    words.addAll(List.of(more));
    return run(words);
  }

  private int run(List<String> words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(), "-jar", JAR.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("CLASSPATH");
    Process process = builder.start();
    printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  @Test
  void findsAnUntouchedStoreIntact() throws Exception {
    assertThat(verify("full", "--key", log.key())).as(printed).isZero();

    assertThat(printed)
        .startsWith("verdict      intact")
        .contains("checked      300 entries")
        .doesNotContain("SLF4J");
  }

  @Test
  void verifiesABundleWithoutAnyLog() throws Exception {
    Path bundle = Path.of("..", "src", "test", "resources", "golden", "evidence-bundle-v1.zip");

    assertThat(run(List.of("--bundle", bundle.toString()))).as(printed).isZero();

    assertThat(printed).startsWith("verdict      intact").contains("disclosed");
  }

  @Test
  void answersTenForATamperedStore() throws Exception {
    log.tamper();

    assertThat(verify("full", "--key", log.key(), "--json")).as(printed).isEqualTo(10);
    assertThat(printed).contains("\"verdict\":\"tampered\"", "\"class\":\"altered\"");
  }

  @Test
  void answersElevenForATruncatedStore() throws Exception {
    log.truncate();

    assertThat(verify("full", "--key", log.key())).as(printed).isEqualTo(11);
    assertThat(printed).contains("missing").contains("leaf 299");
  }

  @Test
  void answersTwelveForALawfulDestruction() throws Exception {
    log.destroy();

    assertThat(verify("full", "--key", log.key())).as(printed).isEqualTo(12);
    assertThat(printed).contains("300 payloads of group a of 2026-03", "li and wang");
  }

  @Test
  void provesOneEntryAndTheHistory() throws Exception {
    assertThat(verify("inclusion", "--entry", "7")).as(printed).isZero();
    assertThat(verify("consistency")).as(printed).isZero();
  }

  @Test
  void goesOnFromAnEarlierVerification() throws Exception {
    String state = data.resolve("kept").toString();
    assertThat(verify("full", "--state", state)).as(printed).isZero();
    log.append(301, 310);

    assertThat(verify("full", "--since", state)).as(printed).isZero();
    assertThat(printed).contains("earlier      300 entries").contains("checked      10 entries");
    assertThat(printed).doesNotContain("%\r");
  }

  @Test
  void sendsWhoAsksForTheIndexToTheServersBuild() throws Exception {
    assertThat(verify("index")).as(printed).isEqualTo(1);
    assertThat(printed).contains("CLI-0030");
  }

  @Test
  void holdsNothingOfAServer() throws IOException {
    List<String> classes;
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      classes =
          jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")).toList();
    }

    System.out.println(
        JAR.getFileName() + ": " + Files.size(JAR) + " bytes, " + classes.size() + " classes");
    assertThat(classes).contains("org/citywall/audit/log/verify/LogVerifier.class");
    assertThat(classes)
        .noneMatch(name -> OF_A_SERVER.stream().anyMatch(part -> name.startsWith(part)));
    assertThat(Files.size(JAR)).isLessThan(MAX_BYTES);
  }

  @Test
  void lacksNothingThatItsClassesName() {
    StringWriter out = new StringWriter();
    PrintWriter lines = new PrintWriter(out);

    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(lines, lines, "--missing-deps", JAR.toString());

    assertThat(exit).as(out.toString()).isZero();
    assertThat(out.toString()).doesNotContain("not found");
  }
}
