// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Context.Person;
import org.jspecify.annotations.Nullable;

/**
 * What events told of each account: when it was made, used, given rights, when its holder comes and
 * goes. What the context says stands beside it. Finds nothing itself; other watches ask it.
 */
final class Dossiers implements Watch {

  private static final String PREFIX = "w/dossier/";
  private static final long KEEP = 400L * 24 * 3_600_000_000L;
  private static final long HOUR = 3_600_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  private static final long CREATED = 0;
  private static final long RETURNED = 1;
  private static final long LEAVES = 2;
  private static final long USED = 3;
  private static final long RIGHTS = 4;
  private static final long AWOKE = 5;
  private static final long SLEPT_FROM = 6;

  /** A first use after a long time, in microseconds. */
  record Awakening(long at, long sleptFrom) {}

  private final KeyedState<Trail> accounts;
  private final long sleep;

  /**
   * Dossiers that note an awakening.
   *
   * @param sleepMicros an account that was not used for longer sleeps
   */
  Dossiers(long sleepMicros, EngineOptions options, Map<String, String> lasting) {
    sleep = sleepMicros;
    accounts = new KeyedState<>(options.maxKeys(), KEEP);
    LastingPieces.read(lasting, PREFIX, Trail.Piece.class).stream()
        .sorted(Comparator.comparingLong(Trail.Piece::touched).thenComparing(Trail.Piece::key))
        .forEach(piece -> accounts.restore(piece.key(), new Trail(piece), piece.touched()));
  }

  @Override
  public Set<FactKind> kinds() {
    return Set.of(FactKind.ACCESS, FactKind.SESSION, FactKind.IDENTITY, FactKind.STAFFING);
  }

  @Override
  public void see(Fact fact, ContextIndex context, Crossings out) {
    String target = fact.text(Field.USER_TARGET_NAME);
    if (!target.isEmpty()) {
      note(fact, target);
    }
    if (!fact.account().isEmpty() && (fact.is(FactKind.ACCESS) || fact.isLogIn())) {
      use(fact, accounts.touch(Bounded.of(fact.account()), fact.clock(), Trail::new));
    }
  }

  private void note(Fact fact, String target) {
    switch (fact.text(Field.EVENT_ACTION)) {
      case "account-created" ->
          of(fact, target)
              .put(CREATED, fact.number(Field.GOV_ACCOUNT_CREATED, fact.micros()), fact.leaf());
      case "role-granted" -> of(fact, target).put(RIGHTS, fact.micros(), fact.leaf());
      case "leave-announced" ->
          of(fact, target)
              .put(LEAVES, fact.number(Field.GOV_PERSON_LEAVES, fact.micros()), fact.leaf());
      case "returned-from-leave" ->
          of(fact, target)
              .put(RETURNED, fact.number(Field.GOV_PERSON_RETURNED, fact.micros()), fact.leaf());
      default -> {
        // Nothing that lasts.
      }
    }
  }

  private Trail of(Fact fact, String account) {
    return accounts.touch(Bounded.of(account), fact.clock(), Trail::new);
  }

  private void use(Fact fact, Trail dossier) {
    long before = dossier.number(USED, NEVER);
    before = Math.max(before, fact.number(Field.GOV_ACCOUNT_LAST_SEEN, NEVER));
    Person person = fact.person();
    long known = person == null ? NEVER : micros(person.lastSeen());
    before = known <= fact.micros() ? Math.max(before, known) : before;
    if (before != NEVER && fact.micros() - before > sleep) {
      dossier.put(AWOKE, fact.micros(), fact.leaf());
      dossier.put(SLEPT_FROM, before, fact.leaf());
    }
    // Whole hours, so that an account that works all day is not written each second.
    long hour = Math.floorDiv(fact.micros(), HOUR) * HOUR;
    if (hour > dossier.number(USED, NEVER)) {
      dossier.put(USED, hour, fact.leaf());
    }
  }

  private static long micros(@Nullable Instant time) {
    return time == null ? NEVER : Micros.of(time);
  }

  private long number(Fact fact, long name) {
    Trail dossier = accounts.peek(Bounded.of(fact.account()));
    return dossier == null ? NEVER : dossier.number(name, NEVER);
  }

  /** When the account was made, in microseconds; {@code Long.MIN_VALUE} where nobody said. */
  long created(Fact fact) {
    Person person = fact.person();
    return Math.max(number(fact, CREATED), person == null ? NEVER : micros(person.created()));
  }

  /** When the holder came back from leave, as {@link #created}. */
  long returned(Fact fact) {
    Person person = fact.person();
    return Math.max(number(fact, RETURNED), person == null ? NEVER : micros(person.returned()));
  }

  /** When the holder leaves the post, as {@link #created}. */
  long leaves(Fact fact) {
    Person person = fact.person();
    if (person != null && person.leaves() != null) {
      return Micros.of(person.leaves().atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    return number(fact, LEAVES);
  }

  /** When the work or the rights of the holder changed, as {@link #created}. */
  long roleChanged(Fact fact) {
    Person person = fact.person();
    return Math.max(number(fact, RIGHTS), person == null ? NEVER : micros(person.roleChanged()));
  }

  /** The last awakening of the account, or null. */
  @Nullable Awakening awakening(Fact fact) {
    long at = number(fact, AWOKE);
    return at == NEVER ? null : new Awakening(at, number(fact, SLEPT_FROM));
  }

  @Override
  public void forget(LongPredicate destroyed) {
    accounts.removeIf(dossier -> dossier.forget(destroyed));
  }

  @Override
  public void expire(long clock) {
    accounts.expire(clock);
  }

  @Override
  public void pieces(LastingPieces pieces) {
    accounts.forEach((key, cell) -> pieces.add(PREFIX + cell.name(), cell));
  }

  @Override
  public int size() {
    return accounts.size();
  }

  @Override
  public long evictions() {
    return accounts.evictions();
  }
}
