// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.record;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.subject.Subjects;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.facts.StatementText;
import org.citywall.masking.wire.Access;
import org.citywall.masking.wire.Actor;
import org.citywall.masking.wire.BudgetNotice;
import org.citywall.masking.wire.ClientCertificate;
import org.citywall.masking.wire.Completion;
import org.citywall.masking.wire.Decision;
import org.citywall.masking.wire.LookUpTrace;
import org.citywall.masking.wire.Recorder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends decisions and completions to an evidence log, as many at once as have gathered while the
 * ones before were forced. Statements that touch nothing catalogued are counted for each text and
 * interval instead, and wait for nothing. Safe for use by several threads.
 */
public final class LogRecorder implements Recorder, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogRecorder.class);
  private static final int MOST_WAITING = 20_000;
  private static final int BATCH = 1000;
  private static final long AGAIN_MILLIS = 500;
  private static final long COUNT_EVERY_MILLIS = 10_000;
  private static final String BUDGET_NEAR = "look-up-budget-near";
  private static final String BUDGET_SPENT = "look-up-budget-spent";
  private static final String DATASET = "citywall.masking_proxy";

  /** What the catalogue says of columns. */
  public interface Exposure {

    /** Level of a column, 0 where nobody knows. */
    int level(ColumnUse use);

    /** Category of a column, empty for none. */
    String category(ColumnUse use);

    /** Unit that answers for a table, empty where nobody knows. */
    String owner(TableName table);
  }

  /** An entry on its way; nobody waits for one without a result. */
  private record Waiting(Entry entry, @Nullable CompletableFuture<Void> durable) {}

  private final EvidenceLog log;
  private final Exposure exposure;
  private final String source;
  private final Clock clock;
  private final long epoch;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Counts counts = new Counts();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong sequence = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  private LogRecorder(EvidenceLog log, String source, Clock clock, Exposure exposure) {
    this.log = log;
    this.exposure = exposure;
    this.source = source;
    this.clock = clock;
    this.epoch = Micros.of(clock.instant());
    this.thread = Thread.ofPlatform().name("proxy-recorder").unstarted(this::run);
  }

  /**
   * Begins to record.
   *
   * @param source names this proxy among the sources of the log
   * @param exposure says what columns hold
   */
  public static LogRecorder start(EvidenceLog log, String source, Clock clock, Exposure exposure) {
    LogRecorder recorder = new LogRecorder(log, source, clock, exposure);
    recorder.thread.start();
    return recorder;
  }

  @Override
  public CompletableFuture<Void> decided(Decision decision) {
    if (!decision.sensitive()) {
      counts.count(decision);
      return CompletableFuture.completedFuture(null);
    }
    if (closing || queue.size() >= MOST_WAITING) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("more decisions than the log takes"));
    }
    CompletableFuture<Void> durable = new CompletableFuture<>();
    add(EntryKind.DECISION, event -> decision(event, decision, "access-decided"), durable);
    return durable;
  }

  @Override
  public void completed(Completion completion) {
    if (completion.decision().sensitive()) {
      add(EntryKind.COMPLETION, event -> completion(event, completion), null);
    }
  }

  @Override
  public void budget(BudgetNotice notice) {
    LookUpRight right = notice.right();
    add(
        EntryKind.EVENT,
        event -> {
          access(event, notice.access());
          event
              .put(Field.EVENT_CATEGORY, List.of("database"))
              .put(Field.EVENT_ACTION, notice.spent() ? BUDGET_SPENT : BUDGET_NEAR)
              .put(Field.EVENT_TYPE, List.of(notice.spent() ? "denied" : "info"))
              .put(Field.DB_TABLE, List.of(right.table().toString()))
              .put(Field.DB_COLUMNS, List.of(right.table() + "." + right.column()))
              .put(Field.GOV_BUDGET_LIMIT, right.values())
              .put(Field.GOV_BUDGET_USED, notice.used())
              .put(Field.GOV_BUDGET_REFILL, Micros.of(notice.refill()))
              .put(Field.GOV_GRANT_ID, List.of(right.grant()));
        },
        null);
  }

  @Override
  public void loggedIn(Access access) {
    add(
        EntryKind.EVENT,
        event -> {
          access(event, access);
          event
              .put(Field.EVENT_CATEGORY, List.of("authentication"))
              .put(Field.EVENT_ACTION, "database-log-in")
              .put(Field.EVENT_OUTCOME, "success");
          access.shown().ifPresent(shown -> certificate(event, shown));
        },
        null);
  }

  private static void certificate(Event.Builder event, ClientCertificate.Shown shown) {
    event.put(Field.TLS_CLIENT_SUBJECT, shown.subject()).put(Field.TLS_CLIENT_HASH, shown.hash());
  }

  @Override
  public void refused(String user, String address, String reason) {
    add(
        EntryKind.EVENT,
        event ->
            event
                .put(Field.EVENT_CATEGORY, List.of("authentication"))
                .put(Field.EVENT_ACTION, "database-log-in")
                .put(Field.EVENT_OUTCOME, "failure")
                .put(Field.EVENT_REASON, reason)
                .put(Field.USER_NAME, user)
                .put(Field.SOURCE_IP, address.isEmpty() ? null : address),
        null);
  }

  /** What is written into an event. */
  private interface Content {
    void put(Event.Builder event);
  }

  /** Log-ins that were not recorded because the log takes nothing and too many wait. */
  public long dropped() {
    return dropped.get();
  }

  private void add(EntryKind kind, Content content, @Nullable CompletableFuture<Void> durable) {
    if (kind == EntryKind.EVENT && queue.size() >= MOST_WAITING) {
      dropped.incrementAndGet();
      return;
    }
    Instant now = clock.instant();
    synchronized (queue) {
      // Numbers and queue have one order, so that a gap in the numbers is a loss.
      Event.Builder event =
          Event.builder(new SourcePosition(source, epoch, sequence.incrementAndGet()), now, now);
      event.put(Field.EVENT_DATASET, DATASET).put(Field.DB_SYSTEM, "postgresql");
      content.put(event);
      queue.add(new Waiting(new Entry(kind, event.build()), durable));
    }
  }

  private void decision(Event.Builder event, Decision decision, String action) {
    access(event, decision.access());
    String text = StatementText.withoutValues(decision.sql());
    List<TableName> tables = decision.tables().stream().sorted(LogRecorder::byName).toList();
    event
        .put(Field.EVENT_CATEGORY, List.of("database"))
        .put(Field.EVENT_ACTION, action)
        .put(Field.GOV_DECISION, decision.outcome().name().toLowerCase(Locale.ROOT))
        .put(Field.GOV_POLICY_VERSION, decision.policyVersion())
        .put(Field.GOV_CLIENT_ID, decision.id())
        .put(Field.DB_STATEMENT, text)
        .put(Field.DB_STATEMENT_HASH, StatementText.digest(decision.sql()))
        .put(Field.DB_TABLE, tables.stream().map(TableName::toString).toList())
        .put(
            Field.DB_COLUMNS,
            decision.uses().stream()
                .map(use -> use.table() + "." + use.column())
                .distinct()
                .sorted()
                .toList())
        .put(Field.GOV_OWNER_CODE, owner(tables))
        .put(Field.GOV_DATA_LEVEL, shown(decision).mapToInt(exposure::level).max().orElse(0))
        .put(
            Field.GOV_DATA_CATEGORY,
            shown(decision)
                .map(exposure::category)
                .filter(category -> !category.isEmpty())
                .distinct()
                .sorted()
                .toList())
        .put(
            Field.GOV_LOOK_UP_COLUMNS,
            decision.lookUps().stream()
                .map(one -> one.table() + "." + one.column())
                .distinct()
                .sorted()
                .toList())
        .put(
            Field.GOV_LOOK_UP_DIGESTS,
            decision.lookUps().stream().map(LookUpTrace::digest).distinct().sorted().toList())
        .put(Field.GOV_MASK_APPLIED, masked(decision.uses()))
        .put(Field.DB_OPERATION, decision.kind() == null ? null : decision.kind().name())
        .put(Field.ERROR_CODE, decision.code() == null ? null : decision.code().id())
        .put(Field.EVENT_REASON, decision.reason().isEmpty() ? null : decision.reason());
    grants(event, decision);
  }

  /** The one unit that answers for all of it; none where several do. */
  private @Nullable String owner(List<TableName> tables) {
    List<String> owners = tables.stream().map(exposure::owner).distinct().toList();
    return owners.size() == 1 ? owners.getFirst() : null;
  }

  private static void grants(Event.Builder event, Decision decision) {
    List<Grant> grants =
        decision.uses().stream()
            .map(ColumnUse::treatment)
            .filter(Treatment.Granted.class::isInstance)
            .flatMap(treatment -> ((Treatment.Granted) treatment).grants().stream())
            .distinct()
            .toList();
    List<String> ids =
        Stream.concat(
                grants.stream().map(Grant::id), decision.lookUps().stream().map(LookUpTrace::grant))
            .distinct()
            .sorted()
            .toList();
    if (!ids.isEmpty()) {
      event
          .put(Field.GOV_GRANT_ID, ids)
          .put(
              Field.GOV_GRANT_APPROVER,
              grants.stream().map(Grant::approver).distinct().sorted().toList())
          .put(
              Field.GOV_GRANT_PURPOSE,
              grants.stream().flatMap(one -> one.purposes().stream()).distinct().sorted().toList());
      grants.stream()
          .map(Grant::ticket)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(ticket -> event.put(Field.GOV_TICKET_ID, ticket));
    }
  }

  /** What may be seen as it is. */
  private static Stream<ColumnUse> shown(Decision decision) {
    return decision.uses().stream().filter(use -> use.treatment().showsValues());
  }

  private static int byName(TableName left, TableName right) {
    return left.toString().compareTo(right.toString());
  }

  private static List<String> masked(List<ColumnUse> uses) {
    return uses.stream()
        .filter(use -> !use.treatment().showsValues())
        .map(use -> use.table() + "." + use.column())
        .distinct()
        .sorted()
        .toList();
  }

  private void completion(Event.Builder event, Completion completion) {
    decision(event, completion.decision(), "access-completed");
    boolean changes = completion.tag().matches("(INSERT|UPDATE|DELETE|MERGE|COPY) .*");
    long rows = changes ? affected(completion) : completion.rows();
    event
        .put(Field.EVENT_OUTCOME, completion.state().isEmpty() ? "success" : "failure")
        .put(Field.ERROR_TYPE, completion.state().isEmpty() ? null : completion.state())
        .put(Field.EVENT_DURATION, completion.duration().toNanos())
        .put(changes ? Field.DB_ROWS_AFFECTED : Field.DB_ROWS_RETURNED, rows);
    Subjects subjects = completion.subjects();
    if (subjects != null) {
      // Whatever a statement does depends on rows of the values that it looks up alone.
      boolean lookedUp =
          completion.decision().lookUps().stream().anyMatch(trace -> trace.subject() != null);
      (lookedUp ? subjects.ofRows(rows) : subjects).put(event);
    }
  }

  private static long affected(Completion completion) {
    String number = completion.tag().substring(completion.tag().lastIndexOf(' ') + 1);
    return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : completion.rows();
  }

  private static void access(Event.Builder event, Access access) {
    Actor actor = access.actor();
    event
        .put(Field.USER_NAME, actor.name())
        .put(Field.USER_EFFECTIVE_NAME, actor.application())
        .put(Field.GOV_PURPOSE, actor.purpose())
        .put(Field.GOV_TICKET_ID, actor.ticket())
        .put(Field.SOURCE_IP, access.address().isEmpty() ? null : access.address())
        .put(Field.DB_NAME, access.database())
        .put(Field.DB_SESSION_ID, access.id())
        .put(Field.DB_CLIENT_APP, access.application().isEmpty() ? null : access.application());
    actor.person().accept(event);
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    long counted = System.nanoTime();
    try {
      while (!closing || !queue.isEmpty()) {
        Waiting first = batch.isEmpty() ? queue.poll(200, TimeUnit.MILLISECONDS) : null;
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
        }
        if (!batch.isEmpty() && append(batch)) {
          batch.clear();
        }
        if (System.nanoTime() - counted > COUNT_EVERY_MILLIS * 1_000_000) {
          counted = System.nanoTime();
          addCounts();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void addCounts() {
    for (Counts.Counted one : counts.take()) {
      add(
          EntryKind.COMPLETION,
          event -> {
            decision(event, one.example(), "access-counted");
            event.put(Field.GOV_NOTE, "statements: " + one.count());
          },
          null);
    }
  }

  /** Whether the log took them; where it did not, who waits is refused and they are tried again. */
  private boolean append(List<Waiting> batch) throws InterruptedException {
    try {
      log.append(batch.stream().map(Waiting::entry).toList());
      batch.forEach(one -> complete(one, null));
      return true;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("entries of the proxy could not be recorded; tried again");
      batch.forEach(one -> complete(one, e));
      if (closing) {
        // Nobody was told that it is recorded.
        return true;
      }
      Thread.sleep(AGAIN_MILLIS);
      return false;
    }
  }

  private static void complete(Waiting one, @Nullable RuntimeException failure) {
    CompletableFuture<Void> durable = one.durable();
    if (durable != null) {
      if (failure == null) {
        durable.complete(null);
      } else {
        durable.completeExceptionally(failure);
      }
    }
  }

  /** Records what has gathered and ends. */
  @Override
  public void close() {
    addCounts();
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
