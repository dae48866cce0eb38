// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.KeyKind;
import org.citywall.audit.secrets.KeyVault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of keys as an operator makes them, and what a thief of the old ones can still do. */
class KeyCommandTest {

  private static final String ORIGIN = "city.example/log";
  private static final Path VAULT = Path.of("keys/vault.p12");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path data;
  private long sequence;

  @BeforeEach
  void write() {
    append();
  }

  private void append() {
    try (KeptLog log = open()) {
      Instant now = Instant.now();
      Event event =
          Event.builder(new SourcePosition("test", 1, ++sequence), now, now)
              .put(Field.GOV_NOTE, "note " + sequence)
              .build();
      log.append(List.of(new Entry(EntryKind.EVENT, event)));
    }
  }

  private KeptLog open() {
    return EvidenceLogs.open(
        data,
        LogOptions.defaults(),
        LogAccess.writing(ORIGIN, vault()),
        Clock.systemUTC(),
        new SecureRandom());
  }

  private FileKeyVault vault() {
    return FileKeyVault.open(data, Map.of(), Clock.systemUTC(), new SecureRandom());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int key(String act) {
    return run("key", act, "--data", data.toString());
  }

  private int verify() {
    return run("verify", "--data", data.toString(), "full");
  }

  private List<String> notes() {
    try (LogReader log = LogAccess.reading(data)) {
      return log.read(0, 100).stream()
          .map(LoggedEntry::event)
          .filter(event -> event.text(Field.GOV_NOTE) != null)
          .map(event -> String.valueOf(event.text(Field.GOV_NOTE)))
          .toList();
    }
  }

  @Test
  void letNewKeysSignAndOldPayloadsBeRead() {
    VerifierKey before = EvidenceLogs.statedKey(data);

    assertThat(key("change")).as(err.toString()).isEqualTo(ExitCode.DONE);

    VerifierKey now = EvidenceLogs.statedKey(data);
    assertThat(now).isNotEqualTo(before);
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).contains(before + " -> " + now).contains(ORIGIN + "-sm3");
    append();
    assertThat(notes()).containsExactly("note 1", "note 2");
    assertThat(verify()).as(out.toString()).isZero();
  }

  @Test
  void retireTheKeysBefore() {
    key("change");
    key("change");
    try (FileKeyVault vault = vault()) {
      assertThat(vault.signingKeys(KeyKind.SM2, KeyVault.CHECKPOINT_KEY)).hasSize(3);
    }

    assertThat(key("retire")).as(err.toString()).isEqualTo(ExitCode.DONE);

    try (FileKeyVault vault = vault()) {
      assertThat(vault.signingKeys(KeyKind.ED25519, KeyVault.CHECKPOINT_KEY)).hasSize(1);
      assertThat(vault.signingKeys(KeyKind.SM2, KeyVault.CHECKPOINT_KEY)).hasSize(1);
    }
    append();
    assertThat(notes()).containsExactly("note 1", "note 2");
    assertThat(verify()).as(out.toString()).isZero();
  }

  @Test
  void finishAChangeThatWasInterruptedAndRetireNothingBefore() {
    try (FileKeyVault vault = vault()) {
      vault.rotate(KeyKind.ED25519, KeyVault.CHECKPOINT_KEY);
    }
    append();

    assertThat(key("retire")).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CLI-0021");
    assertThat(key("change")).as(err.toString()).isEqualTo(ExitCode.DONE);

    try (FileKeyVault vault = vault()) {
      assertThat(vault.signingKeys(KeyKind.ED25519, KeyVault.CHECKPOINT_KEY)).hasSize(2);
    }
    assertThat(key("retire")).isEqualTo(ExitCode.DONE);
    assertThat(verify()).isZero();
  }

  @Test
  void areRefusedBesideAServer() {
    try (KeptLog running = open()) {
      for (String act : List.of("change", "retire")) {
        assertThat(key(act)).isNotEqualTo(ExitCode.DONE);
        assertThat(err.toString()).contains("AUD-0010");
      }
      running.signCheckpoint();
    }
    append();
    assertThat(verify()).isZero();
  }

  @Test
  void needALog(@TempDir Path empty) {
    assertThat(run("key", "change", "--data", empty.toString())).isNotEqualTo(ExitCode.DONE);
    assertThat(err.toString()).contains("AUD-0011");
    assertThat(run("key")).isEqualTo(ExitCode.CALLERS_MISTAKE);
  }

  @Test
  void leaveAThiefOfTheOldKeysNothingToGoOnWith(@TempDir Path thief) throws IOException {
    Files.createDirectories(thief.resolve("keys"));
    for (String name : List.of("vault.p12", "passphrase")) {
      Files.copy(data.resolve("keys").resolve(name), thief.resolve("keys").resolve(name));
    }
    key("change");
    key("retire");
    append();
    assertThat(verify()).isZero();

    Path published = data.resolve("log/tlog/checkpoint");
    List<String> lines = Files.readAllLines(published);
    lines.set(2, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    String text = String.join("\n", lines.subList(0, 3)) + "\n";
    try (FileKeyVault stolen =
        FileKeyVault.open(thief, Map.of(), Clock.systemUTC(), new SecureRandom())) {
      NoteSigner signer = new NoteSigner(ORIGIN, stolen.signingKey(KeyVault.CHECKPOINT_KEY));
      Files.writeString(published, signer.sign(text).toString());
    }
    assertThat(verify()).isEqualTo(10);
    assertThat(out.toString()).contains("checkpoint");

    Files.copy(thief.resolve(VAULT), data.resolve(VAULT), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.NOTE_UNTRUSTED));
  }
}
