// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LockOutPolicy;
import org.citywall.console.account.Role;
import org.citywall.console.account.StoredAccounts;
import org.citywall.console.state.StateChanges;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;

/** A data folder with payloads of 2021 and of 2022 and two persons who may destroy them. */
final class RetentionFolder {

  static final String PASSWORD = "Correct-Horse-9";
  static final String SECRET = "note nobody may read any more";
  static final YearMonth OLD = YearMonth.of(2021, 3);

  private static final String ORIGIN = "localhost/citywall/audit";

  private RetentionFolder() {}

  static KeptLog open(Path data, KeyVault vault, Clock clock) {
    return EvidenceLogs.open(
        data, LogOptions.defaults(), LogAccess.writing(ORIGIN, vault), clock, new SecureRandom());
  }

  static FileKeyVault vault(Path data) {
    return FileKeyVault.open(data, Map.of(), Clock.systemUTC(), new SecureRandom());
  }

  /**
   * Three payloads of group {@code a} and one of {@code b}, and accounts {@code zhao} and so on.
   */
  static void write(Path data) {
    Clock clock = Clock.systemUTC();
    try (KeyVault vault = vault(data);
        KeptLog log = open(data, vault, clock)) {
      log.append(
          List.of(
              entry(1, "2021-03-15T08:00:00Z", "a"),
              entry(2, "2021-03-16T08:00:00Z", "a"),
              entry(3, "2022-05-15T08:00:00Z", "a"),
              entry(4, "2021-03-15T08:00:00Z", "b")));
      try (StateStore store = StateStore.open(new StateDatabase.Embedded(data.resolve("state")));
          StateChanges changes = StateChanges.open(store, log, clock)) {
        changes.start();
        Accounts accounts =
            new StoredAccounts(changes, LockOutPolicy.STANDARD, clock, new SecureRandom());
        account(accounts, "zhao", Role.ADMIN);
        account(accounts, "wang", Role.CHIEF);
        account(accounts, "sun", Role.AUDITOR);
      }
    }
  }

  private static void account(Accounts accounts, String name, Role role) {
    Sensitive<String> given =
        accounts.create(new Actor("setup", "127.0.0.1"), name, name, Set.of(role));
    accounts.changePassword(new Actor(name, "127.0.0.1"), given, Sensitive.of(PASSWORD));
  }

  private static Entry entry(long sequence, String received, String department) {
    Instant at = Instant.parse(received);
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("old", 1, sequence), at, at)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.GOV_NOTE, SECRET)
            .build());
  }

  /**
   * Destroys what two persons agreed on, and dies as by {@code kill -9} once the entry is durable
   * and before the key is gone: whoever asks for the time then ends the process.
   */
  public static void main(String[] arguments) {
    Path data = Path.of(arguments[0]);
    boolean[] armed = {false};
    long[] size = {0};
    KeptLog[] opened = {null};
    BooleanSupplier deadly = () -> armed[0] && opened[0].size() > size[0];
    InstantSource source =
        () -> {
          if (deadly.getAsBoolean()) {
            Runtime.getRuntime().halt(137);
          }
          return Instant.now();
        };
    try (KeyVault vault = vault(data);
        KeptLog log = open(data, vault, clock(source))) {
      opened[0] = log;
      long proposal = log.record(new DestructionProposed(new Payloads("a", OLD), "zhao", "rule 7"));
      long approval = log.record(new Approved(proposal, "wang"));
      log.signCheckpoint();
      size[0] = log.size();
      armed[0] = true;
      log.destroy(approval);
    }
  }

  private static Clock clock(InstantSource source) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return source.instant();
      }
    };
  }
}
