// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.grant.FileUsage;
import org.citywall.masking.grant.Usage;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.wire.Access;
import org.citywall.masking.wire.Account;
import org.citywall.masking.wire.BudgetNotice;
import org.citywall.masking.wire.Completion;
import org.citywall.masking.wire.Decision;
import org.citywall.masking.wire.LookUpBook.Outcome;
import org.citywall.masking.wire.LookUpTrace;
import org.citywall.masking.wire.LookedUp;
import org.citywall.masking.wire.Recorder;
import org.citywall.masking.wire.ScramVerifier;
import org.citywall.masking.wire.SubjectBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookUpLedgerTest {

  private static final TableName PERSON = new TableName("public", "person");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-27T16:00:00Z");

  private final MutableClock clock = MutableClock.at("2026-11-27T13:00:00Z");
  private final List<BudgetNotice> notices = Collections.synchronizedList(new ArrayList<>());
  private final ValueDigest digest = digest("a key of sixteen");
  private Usage usage;
  private LookUpLedger ledger;

  @BeforeEach
  void open(@TempDir Path folder) {
    usage = FileUsage.open(folder.resolve("usage"), clock);
    ledger = new LookUpLedger(usage, new Notices(), () -> digest, SubjectBook.NONE, clock);
  }

  @AfterEach
  void close() {
    usage.close();
  }

  private static ValueDigest digest(String key) {
    return new ValueDigest(Sensitive.of(key.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Access access(String name) {
    ScramVerifier verifier = ScramVerifier.of("secret", new java.security.SecureRandom());
    return new Access("s1", new Account(name, verifier, () -> null, event -> {}), "", "demo", "");
  }

  private static LookUpRight right(String column, long values) {
    return new LookUpRight(PERSON, column, null, values, Duration.ofDays(1), "g1");
  }

  private static LookedUp value(LookUpRight right, String value) {
    return new LookedUp(right, Sensitive.of(value));
  }

  private Outcome count(String person, LookedUp... values) {
    return ledger.count(access(person), List.of(values)).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void countsEachValueOfAPersonAndColumnUpToTheBudget() {
    LookUpRight phone = right("phone", 3);
    LookUpRight name = right("name", 1);

    assertThat(count("ana", value(phone, "1"), value(phone, "1")))
        .isInstanceOf(Outcome.Counted.class);
    assertThat(count("ana", value(phone, "2"), value(phone, "3")))
        .isEqualTo(new Outcome.Spent(phone, MIDNIGHT));
    assertThat(count("ana", value(phone, "2"))).isInstanceOf(Outcome.Counted.class);
    assertThat(count("ana", value(phone, "2"))).isEqualTo(new Outcome.Spent(phone, MIDNIGHT));
    assertThat(count("ana", value(name, "x"))).isInstanceOf(Outcome.Counted.class);
    assertThat(count("bob", value(phone, "2"))).isInstanceOf(Outcome.Counted.class);
    assertThat(count("ana/x", value(phone, "2"))).isInstanceOf(Outcome.Counted.class);
  }

  @Test
  void beginsAnewAtMidnightInChina() {
    LookUpRight phone = right("phone", 1);
    count("ana", value(phone, "1"));

    clock.set(MIDNIGHT.minusSeconds(1));
    assertThat(count("ana", value(phone, "1"))).isInstanceOf(Outcome.Spent.class);
    clock.set(MIDNIGHT);
    assertThat(count("ana", value(phone, "1"))).isInstanceOf(Outcome.Counted.class);
    assertThat(count("ana", value(phone, "1")))
        .isEqualTo(new Outcome.Spent(phone, MIDNIGHT.plus(Duration.ofDays(1))));
  }

  @Test
  void leavesTracesByWhichEqualValuesAreFoundAndNoValue() {
    LookUpRight phone = right("phone", 9);

    Outcome.Counted counted =
        (Outcome.Counted)
            count("ana", value(phone, "13900000000"), value(right("tel", 9), "13900000000"));

    assertThat(counted.traces()).extracting(LookUpTrace::column).containsExactly("phone", "tel");
    assertThat(counted.traces()).extracting(LookUpTrace::digest).doesNotContain("13900000000");
    assertThat(counted.traces().getFirst().digest())
        .hasSize(64)
        .isEqualTo(counted.traces().getLast().digest())
        .isNotEqualTo(digest.of(Sensitive.of("13900000001")))
        .isNotEqualTo(digest("another sixteen b").of(Sensitive.of("13900000000")));
    assertThat(value(phone, "13900000000").toString()).doesNotContain("139");
  }

  @Test
  void saysOnceThatABudgetNearsItsEndAndEachTimeThatItIsSpent() {
    LookUpRight phone = right("phone", 10);
    IntStream.range(0, 7).forEach(i -> count("ana", value(phone, "1")));
    assertThat(notices).isEmpty();

    count("ana", value(phone, "1"));
    count("ana", value(phone, "1"));
    assertThat(notices).singleElement().matches(notice -> !notice.spent() && notice.used() == 8);

    count("ana", value(phone, "1"));
    count("ana", value(phone, "1"));
    count("ana", value(phone, "1"));
    assertThat(notices).extracting(BudgetNotice::spent).containsExactly(false, true, true);
    assertThat(notices.getLast().used()).isEqualTo(10);
    assertThat(notices.getLast().refill()).isEqualTo(MIDNIGHT);
  }

  @Test
  void givesNoMoreThanTheBudgetToManyAtOnce() {
    LookUpRight phone = right("phone", 25);

    long counted =
        Stream.generate(() -> ledger.count(access("ana"), List.of(value(phone, "1"))))
            .limit(60)
            .toList()
            .stream()
            .map(outcome -> outcome.orTimeout(10, TimeUnit.SECONDS).join())
            .filter(Outcome.Counted.class::isInstance)
            .count();

    assertThat(counted).isEqualTo(25);
  }

  @Test
  void takesNoShortKey() {
    assertThatThrownBy(() -> digest("fifteen bytes.."))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Keeps notices alone. */
  private final class Notices implements Recorder {

    @Override
    public CompletableFuture<Void> decided(Decision decision) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void completed(Completion completion) {
      // not asked here
    }

    @Override
    public void budget(BudgetNotice notice) {
      notices.add(notice);
    }

    @Override
    public void loggedIn(Access access) {
      // not asked here
    }

    @Override
    public void refused(String user, String address, String reason) {
      // not asked here
    }
  }
}
