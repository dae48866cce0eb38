// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** A log, and backups of it and nothing else. */
final class BackupFixture {

  static final Sensitive<char[]> PASSPHRASE = Sensitive.of("correct horse battery".toCharArray());

  /** As little work as scrypt can be asked for. */
  static final int QUICK = 10;

  /** Small segments, no checkpoint unless asked for. */
  static final LogOptions QUIET =
      LogOptions.defaults()
          .withSegmentBytes(1 << 16)
          .withIntervals(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);

  final NoteSigner signer = new NoteSigner("test.example/log", new KeyInMemory());
  final MutableClock clock = MutableClock.at("2026-03-01T08:00:00Z");

  /** Two trees, payloads sealed. */
  LogKeys keys =
      LogKeys.of(signer).withSm3(new Sm2KeyInMemory()).withSealing(new WrapperInMemory());

  KeptLog open(Path data) {
    return open(data, QUIET);
  }

  KeptLog open(Path data, LogOptions options) {
    return EvidenceLogs.open(data, options, keys, clock, new SecureRandom());
  }

  /** Appends events of one source and signs them. */
  void grow(Path data, String source, int count) {
    try (KeptLog log = open(data)) {
      log.append(events(source, 1, count));
      clock.advance(Duration.ofSeconds(60));
    }
  }

  List<Entry> events(String source, int from, int to) {
    List<Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    for (int i = from; i <= to; i++) {
      Event event =
          Event.builder(new SourcePosition(source, 1, i), now, now)
              .put(Field.EVENT_ACTION, "ssh_login")
              .put(Field.GOV_NOTE, "attempt " + i + " of " + source)
              .build();
      entries.add(new Entry(EntryKind.EVENT, event));
    }
    return entries;
  }

  Optional<String> sign(Hash sums) {
    return Optional.of(keys.sha256().sign(Backup.text(signer.name(), sums)).toString());
  }

  Backup.Written back(Path data, Path to) {
    return back(LogSnapshot.signed(data), to, Optional.empty(), this::sign);
  }

  Backup.Written backSealed(Path data, Path to) {
    return back(LogSnapshot.signed(data), to, Optional.of(PASSPHRASE), this::sign);
  }

  Backup.Written backUnsigned(Path data, Path to) {
    return back(LogSnapshot.signed(data), to, Optional.empty(), sums -> Optional.empty());
  }

  Backup.Written backWhole(Path data, Path to) {
    return back(LogSnapshot.whole(data), to, Optional.empty(), this::sign);
  }

  private Backup.Written back(
      LogSnapshot log, Path to, Optional<Sensitive<char[]>> passphrase, Backup.Signer signing) {
    List<BackupMember> members = members(log);
    return new Backup(new SecureRandom(), ArchiveDisk.REAL, QUICK)
        .write(to, manifest(log, members, false), members, passphrase, signing);
  }

  static List<BackupMember> members(LogSnapshot log) {
    return log.parts().stream().map(BackupMember::of).toList();
  }

  BackupManifest manifest(LogSnapshot log, List<BackupMember> members, boolean keys) {
    return new BackupManifest(
        BackupManifest.FORMAT,
        "test",
        clock.instant(),
        true,
        log.checkpoint().origin(),
        log.key().toString(),
        log.checkpoint().note(),
        log.checkpoint().size(),
        log.entries(),
        log.newest(),
        BackupManifest.STATE_NONE,
        keys,
        List.of(),
        List.of("index"),
        Backup.listed(members));
  }

  RestoreReport restore(Path from, Path data) {
    return restore(from, data, RestoreOptions.STRICT.opening(wrapper()));
  }

  RestoreReport restore(Path from, Path data, RestoreOptions options) {
    return new Restore(options, clock, Progress.SILENT).run(from, data);
  }

  KeyWrapper wrapper() {
    return Objects.requireNonNull(keys.wrapper());
  }

  LogReader read(Path data) {
    return EvidenceLogs.openReadOnly(data, wrapper());
  }

  VerificationReport verify(Path data) {
    return new LogVerifier(data, List.of(signer.verifierKey()), wrapper()).full(Progress.SILENT);
  }

  static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlatformException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }
}
