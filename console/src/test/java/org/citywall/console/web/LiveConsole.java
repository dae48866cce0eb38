// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.index.FollowerSettings;
import org.citywall.audit.index.IndexFollower;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.console.Actor;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.Role;
import org.citywall.console.checking.CheckPlan;
import org.citywall.console.config.ConsoleApplication;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.config.WebListener;
import org.citywall.console.detection.Detection;
import org.citywall.console.exposure.ExposureFollower;
import org.citywall.console.exposure.SubjectKeys;
import org.citywall.console.retention.RetentionWork;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.EmptyIndex;
import org.citywall.console.testing.KeptLogs;
import org.citywall.correlation.Context;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.RulePack;

/** A console with everything real behind it: log and index in files, detection, state database. */
final class LiveConsole implements AutoCloseable {

  /** Under which the console tells persons apart. */
  static final String SUBJECT_KEY = "the subject key of a console in tests";

  private static final RulePack RULES = RulePack.builtIn();

  private final KeptLog log;
  private final RetentionWork retention;
  private final IndexFollower index;
  private final ExposureFollower exposure;
  private final ConsoleApplication console;
  private final VerifierKey key;

  private LiveConsole(
      Path folder, Context context, LogOptions options, Map<Class<?>, Object> more) {
    Clock clock = Clock.systemUTC();
    NoteSigner signer = new NoteSigner("citywall.example/test", new KeyInMemory());
    this.key = signer.verifierKey();
    this.log = EvidenceLogs.open(folder, options, KeptLogs.keys(signer), clock, new SecureRandom());
    this.retention = RetentionWork.start(log, RetentionPolicy.DEFAULT);
    Path indexFolder = folder.resolve("index");
    this.index =
        new IndexFollower(
            log, reader -> LuceneIndex.open(indexFolder, reader), clock, FollowerSettings.DEFAULT);
    index.start();
    this.exposure = ExposureFollower.start(log, folder.resolve("exposure"));
    Map<Class<?>, Object> services = new HashMap<>(more);
    services.putAll(
        Map.of(
            VerifierKey.class,
            key,
            IndexFollower.class,
            index,
            ExposureFollower.class,
            exposure,
            SubjectKeys.class,
            new SubjectKeys(List.of(SubjectKey.of(Sensitive.of(SUBJECT_KEY)))),
            EvidenceDesk.class,
            new EvidenceDesk(log, folder, clock),
            RetentionWork.class,
            retention));
    this.console =
        ConsoleApplication.start(
            new ConsoleRuntime(
                folder,
                WebListener.loopback(0),
                new StateDatabase.Embedded(folder.resolve("state")),
                log,
                new EmptyIndex(),
                point ->
                    Detection.of(new DetectionEngine(RULES, context, EngineOptions.DEFAULT, point)),
                clock,
                ConsoleRuntime.CHINA,
                services));
  }

  static LiveConsole start() {
    return start(Context.empty());
  }

  static LiveConsole start(Context context) {
    return start(context, LogOptions.defaults());
  }

  static LiveConsole start(Context context, LogOptions options) {
    try {
      return new LiveConsole(Files.createTempDirectory("console"), context, options, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that makes runs of checks of its own. */
  static LiveConsole start(CheckPlan plan) {
    try {
      return new LiveConsole(
          Files.createTempDirectory("console"),
          Context.empty(),
          LogOptions.defaults(),
          Map.of(CheckPlan.class, plan));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return console.address();
  }

  KeptLog log() {
    return log;
  }

  IndexFollower index() {
    return index;
  }

  VerifierKey key() {
    return key;
  }

  <T> T service(Class<T> type) {
    return console.service(type);
  }

  String firstPassword() {
    return console.firstPassword().orElseThrow().reveal();
  }

  /** An account that has been through its first change of password. */
  void account(String name, String password, Role... roles) {
    Accounts accounts = console.service(Accounts.class);
    Actor admin = new Actor("admin", "127.0.0.1");
    Set<Role> held = EnumSet.copyOf(List.of(roles));
    accounts.changePassword(
        new Actor(name, "127.0.0.1"),
        accounts.create(admin, name, name, held),
        Sensitive.of(password));
  }

  @Override
  public void close() {
    console.close();
    exposure.close();
    index.close();
    retention.close();
    log.close();
  }
}
