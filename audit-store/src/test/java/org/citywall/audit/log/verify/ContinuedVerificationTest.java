// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.TestKeys;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuedVerificationTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  /** What stops a verification in the middle. */
  private static final class Stopped extends RuntimeException {}

  @TempDir private Path folder;
  private Path dataDir;

  private Path log(String name) {
    dataDir = folder.resolve(name);
    return dataDir.resolve("log");
  }

  private static StateSaving each(long entries, Consumer<VerificationState> keeper) {
    return new StateSaving(keeper, entries, Duration.ofHours(1), CLOCK);
  }

  private VerificationReport full() {
    return TestLogs.verifier(dataDir).full(Progress.SILENT);
  }

  /** Through the file, as between two runs. */
  private VerificationState kept(VerificationState state) {
    Path file = folder.resolve("state");
    state.write(file);
    return VerificationState.read(file);
  }

  private VerificationState verified() {
    List<VerificationState> states = new ArrayList<>();
    TestLogs.verifier(dataDir).saving(each(Long.MAX_VALUE, states::add)).full(Progress.SILENT);

    assertThat(states).hasSize(1);
    assertThat(states.getFirst().isFinished()).isTrue();
    return kept(states.getFirst());
  }

  private VerificationReport since(VerificationState state) {
    return TestLogs.verifier(dataDir).continuing(state).full(Progress.SILENT);
  }

  /** Findings of a full verification that say something new to who knows the first entries. */
  private static List<Finding> beyond(long entries, VerificationReport full) {
    return full.findings().stream()
        .filter(
            finding ->
                !(finding instanceof Finding.Lawful)
                    || !finding.file().equals("segment")
                    || finding.leaf() >= entries)
        .toList();
  }

  @RandomizedTest(iterations = 4)
  void findsInTheRestExactlyWhatAFullVerificationFinds(RandomGenerator random) throws Exception {
    Path log = log("log");
    RandomLog writer = new RandomLog(dataDir, random);
    writer.grow(1 + random.nextInt(3));
    VerificationState state = verified();
    Map<Path, byte[]> before = Damage.files(log);
    writer.grow(1 + random.nextInt(3));
    assertSame(state, "untouched");

    Damage damage = Damage.since(before, log);
    for (int i = 0; i < 15; i++) {
      assertSame(state, damage.strike(random));
      damage.mend();
    }
  }

  private void assertSame(VerificationState state, String what) {
    VerificationReport full = full();
    VerificationReport rest = since(state);

    assertThat(rest.verdict()).as(what).isEqualTo(full.verdict());
    if (!rest.findings().toString().contains("that an earlier verification saw here is gone")) {
      assertThat(rest.findings()).as(what).isEqualTo(beyond(state.entries(), full));
      assertThat(rest.entries()).as(what).isLessThanOrEqualTo(full.entries() - state.entries());
      assertThat(rest.shreddedPayloads()).as(what).isEqualTo(full.shreddedPayloads());
      assertThat(rest.root()).as(what).isEqualTo(full.root());
    }
    assertThat(rest.earlier()).isNotNull();
    assertThat(rest.earlier().entries()).isEqualTo(state.entries());
  }

  @RandomizedTest(iterations = 3)
  void goesOnStepByStep(RandomGenerator random) {
    log("log");
    RandomLog writer = new RandomLog(dataDir, random);
    writer.grow(1);
    VerificationState state = verified();
    for (int step = 0; step < 5; step++) {
      writer.grow(random.nextInt(3));
      List<VerificationState> states = new ArrayList<>();
      VerificationReport report =
          TestLogs.verifier(dataDir)
              .continuing(state)
              .saving(each(Long.MAX_VALUE, states::add))
              .full(Progress.SILENT);

      assertThat(report.entries()).isEqualTo(full().entries() - state.entries());
      assertThat(report.findings()).isEqualTo(beyond(state.entries(), full()));
      state = kept(states.getLast());
      assertThat(state.entries()).isEqualTo(full().entries());
    }
  }

  @RandomizedTest(iterations = 3)
  void findsALogThatWasCutBackOrForked(RandomGenerator random) {
    log("log");
    RandomLog writer = new RandomLog(dataDir, random);
    writer.grow(2);
    Path earlier = folder.resolve("earlier");
    TestLogs.copy(dataDir, earlier);
    writer.grow(1);
    VerificationState state = verified();

    dataDir = earlier;
    assertThat(full().verdict()).isIn(Verdict.INTACT, Verdict.LAWFULLY_REDUCED);
    assertThat(since(state).verdict()).isEqualTo(Verdict.TAMPERED);
    new RandomLog(dataDir, random).grow(4);
    assertThat(full().verdict()).isIn(Verdict.INTACT, Verdict.LAWFULLY_REDUCED);
    assertThat(since(state).verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @RandomizedTest(iterations = 3)
  void comesToTheSameAfterAnInterruption(RandomGenerator random) throws Exception {
    Path log = log("log");
    new RandomLog(dataDir, random).grow(1 + random.nextInt(4));
    Damage damage = Damage.anywhere(log);
    for (int i = 0; i < 10; i++) {
      String what = i == 0 ? "untouched" : damage.strike(random);
      VerificationReport uninterrupted = full();

      VerificationReport resumed = interruptedAndResumed(random, null);

      assertThat(resumed).as(what).isEqualTo(uninterrupted);
      damage.mend();
    }
  }

  @RandomizedTest(iterations = 4)
  void comesToTheSameWhenWhatWentOnIsInterrupted(RandomGenerator random) {
    log("log");
    RandomLog writer = new RandomLog(dataDir, random);
    writer.grow(1);
    VerificationState state = verified();
    writer.grow(2);

    assertThat(interruptedAndResumed(random, state)).isEqualTo(since(state));
  }

  /** Stops a verification at a random record, over and over, and goes on with the last state. */
  private VerificationReport interruptedAndResumed(
      RandomGenerator random, VerificationState basis) {
    VerificationState last = basis;
    while (true) {
      List<VerificationState> states = new ArrayList<>();
      int stopAt = 1 + random.nextInt(8);
      LogVerifier verifier =
          TestLogs.verifier(dataDir)
              .saving(
                  each(
                      1 + random.nextInt(40),
                      state -> {
                        if (states.size() == stopAt) {
                          throw new Stopped();
                        }
                        states.add(kept(state));
                      }));
      if (last != null) {
        verifier.continuing(last);
      }
      try {
        return verifier.full(Progress.SILENT);
      } catch (Stopped e) {
        last = states.getLast();
      }
    }
  }

  @Test
  void saysWhatItReadAndWhatItRestsOn() {
    log("log");
    TestLogs.write(dataDir);

    VerificationReport report = since(verified());

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.entries()).isZero();
    assertThat(report.checkpoints()).isEqualTo(1);
    assertThat(report.earlier())
        .isEqualTo(new VerificationReport.Earlier(351, report.root(), Verdict.INTACT));
  }

  @Test
  void doesNotForgetThatAnEarlierVerificationFoundHarm() throws Exception {
    Path log = log("log");
    TestLogs.write(dataDir);
    Path segment = log.resolve("segment/00000000000000000000.seg");
    byte[] whole = Files.readAllBytes(segment);
    byte[] changed = whole.clone();
    changed[2000] ^= 1;
    Files.write(segment, changed);

    VerificationState state = verified();
    Files.write(segment, whole);

    assertThat(full().verdict()).isEqualTo(Verdict.INTACT);
    assertThat(since(state).verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(since(state).findings()).isEmpty();
  }

  @Test
  void refusesAStateOfAnotherLog() {
    log("log");
    TestLogs.write(dataDir);
    VerificationState state = verified();
    log("other");
    EvidenceLogs.open(
            dataDir,
            LogOptions.defaults(),
            TestKeys.signer("other.example/log"),
            CLOCK,
            new SecureRandom())
        .close();

    assertThatThrownBy(() -> since(state))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.VERIFICATION_STATE_OF_ANOTHER_LOG));
  }

  @RandomizedTest(iterations = 3)
  void refusesAStateThatIsDamaged(RandomGenerator random) throws Exception {
    log("log");
    TestLogs.write(dataDir);
    verified();
    Path file = folder.resolve("state");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);

      assertThatThrownBy(() -> VerificationState.read(file))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.code()).isEqualTo(AuditErrorCode.VERIFICATION_STATE_INVALID));
    }
  }
}
