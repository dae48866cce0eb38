// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.anchor.WitnessKey;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.testing.KeyInMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Evidence bundles of a data folder on which no server runs. */
class ExportCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;
  private Path data;
  private Path bundle;

  @BeforeEach
  void write() {
    data = folder.resolve("data");
    bundle = folder.resolve("case.zip");
    try (KeptLog log = open()) {
      for (String user : List.of("zhang", "li", "zhang", "wang")) {
        Instant now = Instant.now();
        log.append(
            List.of(
                new Entry(
                    EntryKind.EVENT,
                    Event.builder(new SourcePosition("gate", 1, log.size() + 1), now, now)
                        .put(Field.USER_NAME, user)
                        .put(Field.SOURCE_IP, "10.1.2.3")
                        .build())));
      }
    }
  }

  private KeptLog open() {
    FileKeyVault vault = FileKeyVault.open(data, Map.of(), Clock.systemUTC(), new SecureRandom());
    return EvidenceLogs.open(
        data,
        LogOptions.defaults(),
        LogAccess.writing("city.example/log", vault),
        Clock.systemUTC(),
        new SecureRandom());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int export(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("export", "evidence", "--data", data.toString(), "--to", bundle.toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void givesAStrangerWhatIsAboutOnePerson() throws IOException {
    String key = EvidenceLogs.statedKey(data).toString();

    int code =
        export("--entries", "0-2", "--subject", "user.name=zhang", "--reason", "case 12", "--json");

    assertThat(code).as(err.toString()).isZero();
    JsonNode facts = JsonMapper.shared().readTree(out.toString());
    assertThat(facts.get("disclosed").asLong()).isEqualTo(2);
    assertThat(facts.get("withheld").asLong()).isEqualTo(1);
    assertThat(Files.getPosixFilePermissions(bundle))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(run("verify", "--bundle", bundle.toString(), "--key", key)).isZero();
    assertThat(out.toString())
        .contains("verdict      intact", "2 disclosed, 1 withheld", "1 to 3, 0 of them not");
    assertThat(run("verify", "--bundle", bundle.toString(), "--key", key, "--json")).isZero();
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("keyTrusted").asBoolean()).isTrue();
    assertThat(report.get("events")).hasSize(2);
    assertThat(report.get("events").get(1).get("user.name").asString()).isEqualTo("zhang");
    assertThat(report.get("events").get(1).get("entry.leaf").asLong()).isEqualTo(2);
    JsonNode schema =
        JsonMapper.shared()
            .readTree(Files.readString(Path.of("../docs/reference/evidence/report.schema.json")));
    assertThat(report.propertyNames())
        .containsExactlyInAnyOrderElementsOf(schema.get("properties").propertyNames());
    try (LogReader log = LogAccess.reading(data)) {
      assertThat(log.read(facts.get("record").asLong()).event().text(Field.EVENT_REASON))
          .isEqualTo("case 12");
    }
    assertThat(run("verify", "--data", data.toString())).isZero();
  }

  @Test
  void withholdsWhatARuleNames() {
    assertThat(
            export(
                "--entries",
                "0,1,3",
                "--withhold",
                "user.name=li",
                "--withhold",
                "user.name=wang",
                "--reason",
                "case 12"))
        .isZero();
    assertThat(out.toString()).contains("disclosed    1").contains("withheld     2");
  }

  @Test
  void isFoundWhereSomebodyChangedIt() throws IOException {
    export("--entries", "0-3", "--reason", "case 12");
    String key = EvidenceLogs.statedKey(data).toString();
    byte[] bytes = Files.readAllBytes(bundle);
    String other =
        new String(bytes, StandardCharsets.ISO_8859_1).replace("\"leaf\":3,", "\"leaf\":9,");
    Files.write(bundle, other.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(run("verify", "--bundle", bundle.toString(), "--key", key)).isEqualTo(1);
    assertThat(err.toString()).contains("AUD-0150");
  }

  @Test
  void isNotBelievedUnderTheKeyOfAnotherLog() {
    export("--entries", "0-3", "--reason", "case 12");
    Path other = folder.resolve("other");
    try (var vault = FileKeyVault.open(other, Map.of(), Clock.systemUTC(), new SecureRandom());
        KeptLog log =
            EvidenceLogs.open(
                other,
                LogOptions.defaults(),
                LogAccess.writing("city.example/log", vault),
                Clock.systemUTC(),
                new SecureRandom())) {
      assertThat(log.size()).isZero();
    }
    String key = EvidenceLogs.statedKey(other).toString();

    assertThat(run("verify", "--bundle", bundle.toString(), "--key", key))
        .isEqualTo(ExitCode.TAMPERED);
    assertThat(out.toString()).contains("the log does not name the key that is trusted");
  }

  @Test
  void isIncompleteWhereThePolicyDemandsAWitness() throws IOException {
    export("--entries", "0-3", "--reason", "case 12");
    String key = EvidenceLogs.statedKey(data).toString();
    Path policy = folder.resolve("policy");
    Files.writeString(policy, "log " + key + "\nquorum none\n");
    assertThat(run("verify", "--bundle", bundle.toString(), "--policy", policy.toString()))
        .as(err.toString())
        .isZero();

    WitnessKey witness = WitnessKey.of("police.example/w", new KeyInMemory().publicKey());
    Files.writeString(policy, "log " + key + "\nwitness w " + witness + "\nquorum w\n");
    int code = run("verify", "--bundle", bundle.toString(), "--policy", policy.toString());
    assertThat(code).as(err.toString()).isEqualTo(11);
  }

  @Test
  void doesNothingWhereItCannotBeDone() throws IOException {
    long size = size();
    assertThat(export("--entries", "0", "--incident", "INC-20261122-0001", "--reason", "x"))
        .isEqualTo(1);
    assertThat(export("--reason", "x")).isEqualTo(1);
    assertThat(export("--entries", "0")).isEqualTo(1);
    assertThat(export("--entries", "0", "--reason", "a\nb")).isEqualTo(1);
    assertThat(export("--entries", "0-", "--reason", "x")).isEqualTo(1);
    assertThat(export("--entries", "99", "--reason", "x")).isEqualTo(1);
    assertThat(export("--entries", "0", "--subject", "no.such=x", "--reason", "x")).isEqualTo(1);
    assertThat(export("--incident", "INC-20261122-0001", "--reason", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("CLI-0041");
    Files.writeString(bundle, "mine");
    assertThat(export("--entries", "0", "--reason", "x")).isEqualTo(ExitCode.OUTSIDE_FAULT);
    assertThat(err.toString()).contains("CLI-0040");
    assertThat(Files.readString(bundle)).isEqualTo("mine");
    assertThat(size()).isEqualTo(size);
    try (KeptLog log = open()) {
      Files.delete(bundle);
      assertThat(log.size()).isEqualTo(size);
      assertThat(export("--entries", "0", "--reason", "x")).isEqualTo(1);
      assertThat(err.toString()).contains("AUD-0010");
    }
    assertThat(run("verify")).isEqualTo(1);
    assertThat(run("verify", "--bundle", bundle.toString(), "--data", data.toString()))
        .isEqualTo(1);
  }

  private long size() {
    try (LogReader log = LogAccess.reading(data)) {
      return log.size();
    }
  }
}
