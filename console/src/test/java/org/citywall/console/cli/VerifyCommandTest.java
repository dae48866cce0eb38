// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.verifier.VerifyCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final NoteSigner signer = new NoteSigner("city.example/log", new KeyInMemory());
  private final StringWriter out = new StringWriter();
  @TempDir private Path data;

  @BeforeEach
  void writeLog() {
    try (EvidenceLog log =
        EvidenceLogs.open(
            data,
            LogOptions.defaults(),
            signer,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new SecureRandom())) {
      Event event = Event.builder(new SourcePosition("test", 1, 1), NOW, NOW).build();
      log.append(List.of(new Entry(EntryKind.EVENT, event)));
    }
  }

  private int verify(String... arguments) {
    CommandLine command =
        new CommandLine(new VerifyCommand(IndexVerification::of))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()));
    return command.execute(arguments);
  }

  private void tamper() throws IOException {
    Path segment = data.resolve("log/segment/00000000000000000000.seg");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 1] = (byte) (bytes[bytes.length - 1] ^ 1);
    Files.write(segment, bytes);
  }

  @Test
  void printsSizeRootTimeAndKeyOfAnIntactLog() {
    assertThat(verify("--data", data.toString())).isZero();

    assertThat(out.toString())
        .contains("verdict      intact")
        .contains("signed size  1")
        .contains("signed at    2026-03-01T08:00:00Z")
        .contains(signer.verifierKey().toString());
  }

  @Test
  void answersTenAndNamesTheEntryThatWasChanged() throws IOException {
    tamper();

    assertThat(verify("--data", data.toString())).isEqualTo(10);
    assertThat(out.toString()).contains("verdict      tampered").contains("leaf 0");
  }

  @Test
  void answersElevenWhenASegmentIsMissing() throws IOException {
    Files.delete(data.resolve("log/segment/00000000000000000000.seg"));

    assertThat(verify("--data", data.toString())).isEqualTo(11);
  }

  @Test
  void printsJson() throws IOException {
    tamper();
    verify("--data", data.toString(), "--json", "--key", signer.verifierKey().toString());

    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("verdict").asString()).isEqualTo("tampered");
    assertThat(report.get("keyTrusted").asBoolean()).isTrue();
    assertThat(report.get("findings").get(0).get("class").asString()).isEqualTo("altered");
    assertThat(report.get("findings").get(0).get("leaf").asInt()).isZero();
  }

  @Test
  void checksOneEntryAndTheHistory() {
    assertThat(verify("--data", data.toString(), "inclusion", "--entry", "0")).isZero();
    assertThat(verify("--data", data.toString(), "consistency")).isZero();
  }

  @Test
  void comparesTheIndexWithTheLog() throws IOException {
    Path index = new DataFolder(data).index();
    try (LogReader log = EvidenceLogs.openReadOnly(data);
        LuceneIndex written = LuceneIndex.open(index, log)) {
      written.index(log.read(0, 1));
    }
    assertThat(verify("--data", data.toString(), "index")).isZero();
    assertThat(out.toString()).contains("checked      1 entries");

    Event other = Event.builder(new SourcePosition("test", 1, 2), NOW, NOW).build();
    MemoryLog forged = new MemoryLog();
    forged.append(List.of(new Entry(EntryKind.EVENT, other)));
    delete(index);
    try (LuceneIndex written = LuceneIndex.open(index, forged)) {
      written.index(forged.read(0, 1));
    }
    assertThat(verify("--data", data.toString(), "index")).isEqualTo(10);
    assertThat(out.toString()).contains("altered      index leaf 0");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void wantsAnEntryForInclusionOnly() {
    assertThat(verify("--data", data.toString(), "inclusion")).isNotZero();
    assertThat(verify("--data", data.toString(), "--entry", "1")).isNotZero();
  }
}
