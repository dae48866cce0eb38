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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Backups of a folder that no server uses. */
class BackupCommandTest {

  @TempDir private Path folder;
  private Path data;
  private Path file;
  private Path restored;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    file = folder.resolve("backup.tar");
    restored = folder.resolve("restored");
    grow("a", 20);
    StateStore.open(new StateDatabase.Embedded(data.resolve("state"))).close();
    Files.createDirectories(data.resolve("index"));
    Files.writeString(data.resolve("index/derived"), "derived");
    Files.createDirectories(data.resolve("anchors/2026"));
    Files.writeString(data.resolve("anchors/2026/token"), "vouched");
    Files.writeString(data.resolve("context.yaml"), "persons: []\n");
    Files.createSymbolicLink(data.resolve("link"), data.resolve("context.yaml"));
  }

  private void grow(String source, int count) {
    Clock clock = Clock.systemUTC();
    KeyVault vault = FileKeyVault.open(data, Map.of(), clock, new SecureRandom());
    NoteSigner signer =
        new NoteSigner("city.example/log", vault.signingKey(KeyVault.CHECKPOINT_KEY));
    List<Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    for (int i = 1; i <= count; i++) {
      Event event = Event.builder(new SourcePosition(source, 1, i), now, now).build();
      entries.add(new Entry(EntryKind.EVENT, event));
    }
    try (EvidenceLog log =
        EvidenceLogs.open(data, LogOptions.defaults(), signer, clock, new SecureRandom())) {
      log.append(entries);
    }
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int backup(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("backup", "--data", data.toString(), "--to", file.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int restore(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("restore", "--from", file.toString(), "--data", restored.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString());
  }

  @Test
  void bringsBackLogStateAndWhateverElseIsThereButTheKeys() {
    assertThat(backup("--json")).as(err.toString()).isZero();

    assertThat(json().get("signed").asBoolean()).isTrue();
    assertThat(json().get("state").asString()).isEqualTo("included");
    assertThat(json().get("needed").get(0).asString()).contains("keys/");
    assertThat(json().get("leftOut").toString()).contains("index", "keys", "link");
    assertThat(restore("--json")).as(err.toString()).isZero();
    assertThat(json().get("verdict").asString()).isEqualTo("intact");
    assertThat(err.toString()).contains("compared with nothing");
    assertThat(restored.resolve("state/console.mv.db")).exists();
    assertThat(restored.resolve("anchors/2026/token")).hasContent("vouched");
    assertThat(restored.resolve("context.yaml")).exists();
    assertThat(restored.resolve("keys")).doesNotExist();
    assertThat(restored.resolve("index")).doesNotExist();
    assertThat(restored.resolve("link")).doesNotExist();
  }

  @Test
  void takesKeysIntoAnEncryptedBackupOnly() throws IOException {
    assertThat(backup("--with-keys")).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(err.toString()).contains("AUD-0092");
    assertThat(file).doesNotExist();

    Path secret = folder.resolve("secret");
    Files.writeString(secret, "correct horse battery\n");
    assertThat(backup("--with-keys", "--passphrase-file", secret.toString())).isZero();
    assertThat(restore()).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("AUD-0086");
    assertThat(restore("--passphrase-file", secret.toString())).isZero();
    assertThat(restored.resolve("keys/vault.p12"))
        .hasSameBinaryContentAs(data.resolve("keys/vault.p12"));
    assertThat(restored.resolve("keys/passphrase")).exists();
  }

  @Test
  void wantsAPassphraseThatIsNotShort() throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "short\n");

    assertThat(backup("--passphrase-file", secret.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0001").doesNotContain("short\n");
  }

  @Test
  void measuresATrialAndLeavesNothingOfIt() throws IOException {
    assertThat(backup("--test", "--json")).as(err.toString()).isZero();

    assertThat(json().get("verdict").asString()).isEqualTo("intact");
    assertThat(json().get("rtoSeconds").asDouble()).isPositive();
    assertThat(json().get("rpoEntries").asLong()).isZero();
    assertThat(json().get("rpoSeconds").asDouble()).isZero();
    assertThat(json().get("prefixProved").asBoolean()).isTrue();
    assertThat(json().get("incidentRows").asLong()).isZero();
    assertThat(json().get("recordedAt").asString()).isEmpty();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(data, file);
    }
  }

  @Test
  void measuresWhatAnOlderBackupLacks() {
    assertThat(backup()).isZero();
    grow("b", 5);

    assertThat(run("backup", "--data", data.toString(), "--test", file.toString(), "--json"))
        .as(err.toString())
        .isZero();

    assertThat(json().get("rpoEntries").asLong()).isEqualTo(5);
    assertThat(json().get("prefixProved").asBoolean()).isTrue();
  }

  @Test
  void refusesALossThatNobodyAcceptedAndTellsOfItWhenVerified() {
    assertThat(backup()).isZero();
    grow("b", 5);
    String kept = data.resolve("log/tlog").toString();

    assertThat(restore("--expect", kept)).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(err.toString()).contains("AUD-0090", "5 entries");
    assertThat(restored).doesNotExist();
    assertThat(restore("--expect", kept, "--accept-loss", "--json")).isZero();
    assertThat(json().get("missingEntries").asLong()).isEqualTo(5);
    assertThat(json().get("prefixProved").asBoolean()).isTrue();
    assertThat(run("verify", "--data", restored.toString(), "--expect", kept)).isEqualTo(11);
    assertThat(out.toString()).contains("incomplete", "is a prefix of the signed log");
    assertThat(run("verify", "--data", data.toString(), "--expect", kept)).isZero();
  }

  @Test
  void comparesADamagedLogWithoutLosingTheReport() throws IOException {
    Path kept = folder.resolve("kept");
    Files.copy(data.resolve("log/tlog/checkpoint"), kept);
    Files.writeString(data.resolve("log/tlog/checkpoint"), "no note\n");

    assertThat(run("verify", "--data", data.toString(), "--expect", kept.toString())).isEqualTo(10);

    assertThat(out.toString()).contains("was never stored", "the log is a fork: damaged");
  }

  @Test
  void wantsATargetOrABackupToTry() {
    assertThat(run("backup", "--data", data.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(run("backup", "--data", data.toString(), "--test"))
        .isEqualTo(ExitCode.CALLERS_MISTAKE);
  }
}
