// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Meter;

/**
 * Which grants are used up, as far as this proxy knows, and the meters of statements that use
 * others. Safe for use by several threads.
 */
public final class GrantBook {

  /** Rows that are taken ahead: what a crash loses at most of a grant. */
  private static final long BLOCK = 200;

  /** Others get rows, too, while some are taken ahead. */
  private static final long BLOCKS = 10;

  /** Rows that another statement had taken ahead may have been given back by then. */
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

  private final Usage usage;
  private final Clock clock;
  private final Map<String, Instant> usedUp = new ConcurrentHashMap<>();

  public GrantBook(Usage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  /** Whether nothing is left of a grant. Another proxy may have used it up unseen. */
  public boolean isUsedUp(Grant grant) {
    Instant until = usedUp.get(grant.id());
    return until != null && clock.instant().isBefore(until);
  }

  /** The meter of one statement that uses these grants. */
  public Meter meter(List<Grant> grants) {
    return new GrantMeter(grants.stream().filter(Grant::isLimited).map(Account::new).toList());
  }

  /** What a statement has taken of a grant and not passed yet. */
  private static final class Account {
    private final Grant grant;
    private long rows;

    Account(Grant grant) {
      this.grant = grant;
    }

    UsageKey key(String what) {
      return new UsageKey("grant/" + grant.id() + "/" + what, grant.validUntil());
    }
  }

  private static Instant later(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }

  private final class GrantMeter implements Meter {

    private final List<Account> accounts;

    GrantMeter(List<Account> accounts) {
      this.accounts = accounts;
    }

    @Override
    public CompletableFuture<Void> begin() {
      List<CompletableFuture<Boolean>> all = new ArrayList<>();
      for (Account account : accounts) {
        // rows first: a single use is not spent where no row could be shown
        CompletableFuture<Boolean> rows = takeRows(account);
        all.add(
            rows.thenCompose(
                some ->
                    some && account.grant.singleUse()
                        ? take(account, "use", 1, 1).thenApply(taken -> taken.count() == 1)
                        : CompletableFuture.completedFuture(some)));
      }
      return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .thenRun(
              () -> {
                for (int i = 0; i < all.size(); i++) {
                  if (!all.get(i).join()) {
                    throw new PlatformException(
                        MaskingErrorCode.GRANT_USED_UP, accounts.get(i).grant.id());
                  }
                }
              });
    }

    @Override
    public int pass(int rows) {
      long passing = rows;
      for (Account account : accounts) {
        if (account.grant.rows() != null) {
          passing = Math.min(passing, account.rows);
        }
      }
      for (Account account : accounts) {
        account.rows -= passing;
      }
      return (int) passing;
    }

    @Override
    public void end() {
      for (Account account : accounts) {
        if (account.rows > 0) {
          usage.giveBack(account.key("rows"), account.rows);
          account.rows = 0;
          if (!account.grant.singleUse()) {
            usedUp.remove(account.grant.id());
          }
        }
      }
    }

    @Override
    public CompletableFuture<Boolean> more() {
      CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
      for (Account account : accounts) {
        if (account.grant.rows() != null && account.rows < 1) {
          all = all.thenCombine(takeRows(account), Boolean::logicalAnd);
        }
      }
      return all;
    }

    private CompletableFuture<Boolean> takeRows(Account account) {
      Long cap = account.grant.rows();
      if (cap == null) {
        return CompletableFuture.completedFuture(true);
      }
      return take(account, "rows", cap, Math.clamp(cap / BLOCKS, 1, BLOCK))
          .thenApply(
              taken -> {
                account.rows += taken.count();
                return taken.count() > 0;
              });
    }

    private CompletableFuture<Usage.Taken> take(
        Account account, String what, long limit, long most) {
      return usage
          .take(account.key(what), limit, 1, most)
          .whenComplete(
              (taken, failure) -> {
                boolean once = what.equals("use");
                if (taken != null && (once || taken.count() == 0)) {
                  Instant again = once ? Instant.MAX : clock.instant().plus(ASKED_AGAIN);
                  usedUp.merge(account.grant.id(), again, GrantBook::later);
                }
              });
    }
  }
}
