// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Wording;
import org.citywall.compliance.feed.Feed;
import org.citywall.compliance.feed.IndexFeeds;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.compliance.score.Score;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.scorecard.IndexBoard.State;
import org.citywall.console.scorecard.IndexRows.Head;
import org.citywall.console.scorecard.IndexValue.Origin;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of every period. A change fails with {@code CON-0090} where somebody else changed the
 * period first and with {@code CON-0091} where its state does not allow it. Safe for use by several
 * threads.
 */
public final class IndexBook {

  private final StateChanges changes;
  private final Catalogue index;
  private final IndexFeeds feeds;
  private final IndexCounts counts;
  private final LongSupplier logSize;
  private final Clock clock;
  private final ZoneId zone;

  public IndexBook(
      StateChanges changes,
      Catalogue index,
      IndexFeeds feeds,
      IndexCounts counts,
      LongSupplier logSize,
      Clock clock,
      ZoneId zone) {
    this.changes = changes;
    this.index = index;
    this.feeds = feeds;
    this.counts = counts;
    this.logSize = logSize;
    this.clock = clock;
    this.zone = zone;
  }

  /** A signed period in a comparison. */
  public record Past(String period, @Nullable BigDecimal score, String conclusion) {}

  /** The period that today is in. */
  public IndexPeriod current() {
    return IndexPeriod.of(feeds.length(), today());
  }

  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /** The feeds that values are taken from. */
  public IndexFeeds feeds() {
    return feeds;
  }

  /** The period as it stands; {@code CON-0097} where a signed one is not what was signed. */
  public IndexBoard board(IndexPeriod period) {
    return changes.store().read(jdbc -> board(jdbc, period));
  }

  /** Signed periods, the latest first. */
  public List<Past> past(int limit) {
    return changes
        .store()
        .read(
            jdbc ->
                IndexRows.frozen(jdbc, limit).stream()
                    .map(
                        head -> {
                          Score score = board(jdbc, IndexPeriod.parse(head.id())).score();
                          return new Past(head.id(), score.score(), score.conclusion());
                        })
                    .toList());
  }

  /** Acts on a period, the latest first. */
  public List<IndexActs.Done> acts(IndexPeriod period, int limit) {
    return changes.store().read(jdbc -> IndexActs.of(jdbc, period.id(), limit));
  }

  /**
   * Reads every feed anew. What a feed tells replaces what stood there; where it does not tell, a
   * person's value stays, and so does what it told before a period was over.
   */
  public IndexBoard recompute(Actor actor, IndexPeriod period, long version) {
    List<IndexValue> read = new ArrayList<>();
    Instant now = clock.instant();
    for (Item item : index.items()) {
      Feed feed = feeds.feed(item.id());
      read.add(value(feed, feed.read(counts.count(feed.source(), period)), period, actor, now));
    }
    return change(
        period,
        version,
        State.OPEN,
        (journal, head) -> {
          List<IndexValue> was = IndexRows.values(journal.jdbc(), period.id());
          List<IndexValue> stored = new ArrayList<>();
          for (IndexValue value : read) {
            boolean kept =
                value.reached() == null && was.stream().anyMatch(old -> stays(old, value, period));
            if (!kept) {
              IndexRows.store(journal.jdbc(), period.id(), value);
              stored.add(value);
            }
          }
          List<IndexValue> told = stored.stream().filter(v -> v.reached() != null).toList();
          IndexActs.write(
              journal,
              actor,
              period.id(),
              "recomputed",
              told.stream().map(IndexValue::indicator).toList(),
              told.stream().flatMap(v -> v.leaves().stream()).distinct().sorted().toList(),
              feeds.version()
                  + " "
                  + told.stream().map(v -> v.indicator() + "=" + v.reached()).toList());
          return head;
        });
  }

  private boolean stays(IndexValue old, IndexValue read, IndexPeriod period) {
    return old.indicator().equals(read.indicator())
        && (old.origin() == Origin.MANUAL
            || old.origin() == Origin.FEED && today().isAfter(period.to()));
  }

  private static IndexValue value(
      Feed feed, Feed.Reading reading, IndexPeriod period, Actor actor, Instant now) {
    return new IndexValue(
        feed.indicator(),
        reading.value() == null ? Origin.NOBODY : Origin.FEED,
        true,
        reading.value(),
        reading.explanation(),
        reading.query(),
        reading.leaves(),
        null,
        null,
        period.from(),
        period.to(),
        now,
        actor.user());
  }

  /**
   * Enters a value by hand; {@code CON-0092} where the platform tells it, {@code CON-0096} where it
   * is no value of an indicator of the index.
   */
  public IndexBoard enter(
      Actor actor, IndexPeriod period, long version, String indicator, IndexEntry entry) {
    if (index.item(indicator).isEmpty()) {
      throw new PlatformException(ConsoleErrorCode.INDEX_ENTRY_INVALID, "no such indicator");
    }
    entry.require(logSize.getAsLong(), today());
    Evidence evidence = entry.evidence();
    if (evidence.to().isBefore(period.from()) || evidence.from().isAfter(period.to())) {
      throw new PlatformException(
          ConsoleErrorCode.INDEX_ENTRY_INVALID, "the evidence is not about " + period.id());
    }
    return change(
        period,
        version,
        State.OPEN,
        (journal, head) -> {
          boolean fed =
              IndexRows.values(journal.jdbc(), period.id()).stream()
                  .anyMatch(v -> v.indicator().equals(indicator) && v.origin() == Origin.FEED);
          if (fed) {
            throw new PlatformException(ConsoleErrorCode.INDEX_FED, indicator);
          }
          List<Long> leaves = evidence.leaf() == null ? List.of() : List.of(evidence.leaf());
          IndexRows.store(
              journal.jdbc(),
              period.id(),
              new IndexValue(
                  indicator,
                  Origin.MANUAL,
                  entry.reached() != null,
                  entry.reached(),
                  new Wording(entry.why().strip(), entry.why().strip()),
                  "",
                  leaves,
                  evidence.name(),
                  evidence.sha256(),
                  evidence.from(),
                  evidence.to(),
                  journal.now(),
                  actor.user()));
          String value =
              entry.reached() == null ? "not-applicable" : entry.reached().toPlainString();
          String digest = evidence.sha256() == null ? "" : " sha256:" + evidence.sha256();
          IndexActs.write(
              journal,
              actor,
              period.id(),
              "entered",
              List.of(indicator),
              leaves,
              value + " " + evidence.from() + ".." + evidence.to() + digest + " " + entry.why());
          return head;
        });
  }

  /**
   * Prepares a period for signing; {@code CON-0093} while an indicator has no value, {@code
   * CON-0095} while the period goes on.
   */
  public IndexBoard prepare(Actor actor, IndexPeriod period, long version) {
    if (!today().isAfter(period.to())) {
      throw new PlatformException(ConsoleErrorCode.INDEX_RUNNING, "until " + period.to());
    }
    return change(
        period,
        version,
        State.OPEN,
        (journal, head) -> {
          Score score = board(journal.jdbc(), period).score();
          if (!score.unsettled().isEmpty()) {
            throw new PlatformException(
                ConsoleErrorCode.INDEX_UNSETTLED, score.unsettled().getFirst());
          }
          act(journal, actor, period, "prepared", score.rule() + " " + score.score());
          return new Head(
              head.id(),
              head.version(),
              State.PREPARED,
              actor.user(),
              journal.now(),
              null,
              null,
              null,
              null);
        });
  }

  /** Opens a prepared period again. */
  public IndexBoard sendBack(Actor actor, IndexPeriod period, long version, String why) {
    if (why.isBlank()) {
      throw new PlatformException(ConsoleErrorCode.INDEX_ENTRY_INVALID, "a reason is missing");
    }
    return change(
        period,
        version,
        State.PREPARED,
        (journal, head) -> {
          act(journal, actor, period, "returned", why.strip());
          return new Head(
              head.id(), head.version(), State.OPEN, null, null, null, null, null, null);
        });
  }

  /** Signs a prepared period, for good; {@code CON-0094} for who prepared it. */
  public IndexBoard sign(Actor actor, IndexPeriod period, long version) {
    return change(
        period,
        version,
        State.PREPARED,
        (journal, head) -> {
          if (actor.user().equals(head.preparedBy())) {
            throw new PlatformException(ConsoleErrorCode.INDEX_OWN, period.id());
          }
          Head signed =
              new Head(
                  head.id(),
                  head.version(),
                  State.FROZEN,
                  head.preparedBy(),
                  head.preparedAt(),
                  actor.user(),
                  journal.now(),
                  null,
                  null);
          IndexJson json =
              new IndexJson(index, period, IndexRows.values(journal.jdbc(), period.id()));
          String content = json.report(feeds.version(), State.FROZEN, signatures(signed));
          Score score = json.score();
          act(
              journal,
              actor,
              period,
              "signed",
              score.rule() + " " + score.score() + " sha256:" + digest(content));
          return new Head(
              signed.id(),
              signed.version(),
              State.FROZEN,
              signed.preparedBy(),
              signed.preparedAt(),
              signed.signedBy(),
              signed.signedAt(),
              content,
              digest(content));
        });
  }

  private static void act(
      Journal journal, Actor actor, IndexPeriod period, String action, String note) {
    IndexActs.write(journal, actor, period.id(), action, List.of(), List.of(), note);
  }

  private IndexBoard change(
      IndexPeriod period, long version, State from, BiFunction<Journal, Head, Head> work) {
    if (period.from().isAfter(today())) {
      throw new PlatformException(ConsoleErrorCode.INDEX_RUNNING, "from " + period.from());
    }
    changes.change(
        journal -> {
          JdbcClient jdbc = journal.jdbc();
          Head was = IndexRows.head(jdbc, period.id()).orElseGet(() -> Head.none(period));
          if (was.state() != from) {
            throw new PlatformException(
                ConsoleErrorCode.INDEX_STATE, period.id() + " " + was.state());
          }
          if (was.version() != version) {
            throw new PlatformException(ConsoleErrorCode.INDEX_CHANGED, period.id());
          }
          Head next =
              new Head(
                  was.id(),
                  version + 1,
                  was.state(),
                  was.preparedBy(),
                  was.preparedAt(),
                  was.signedBy(),
                  was.signedAt(),
                  was.content(),
                  was.digest());
          if (version == 0) {
            IndexRows.store(jdbc, next);
          }
          Head made = work.apply(journal, next);
          if (version > 0) {
            IndexRows.store(jdbc, made);
          }
          return made;
        });
    return board(period);
  }

  private IndexBoard board(JdbcClient jdbc, IndexPeriod period) {
    Head head = IndexRows.head(jdbc, period.id()).orElseGet(() -> Head.none(period));
    String content = head.content();
    // Of a signed period only the report counts, whatever index and rows became since.
    List<IndexValue> values =
        content == null ? IndexRows.values(jdbc, period.id()) : IndexJson.values(content);
    IndexJson json = new IndexJson(index, period, values);
    if (head.state() == State.FROZEN
        && (content == null || !digest(content).equals(head.digest()))) {
      throw new PlatformException(ConsoleErrorCode.INDEX_ALTERED, period.id());
    }
    return new IndexBoard(
        period,
        index,
        head.state(),
        head.version(),
        values,
        content == null ? json.score() : IndexJson.score(content),
        head.preparedBy(),
        head.preparedAt(),
        head.signedBy(),
        head.signedAt(),
        content == null ? json.report(feeds.version(), head.state(), signatures(head)) : content,
        head.digest());
  }

  private static IndexJson.Signatures signatures(Head head) {
    return new IndexJson.Signatures(
        head.preparedBy(),
        Objects.toString(head.preparedAt(), null),
        head.signedBy(),
        Objects.toString(head.signedAt(), null));
  }

  private static String digest(String content) {
    return Hash.sha256(content.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
