// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** What an entry says about retention (see the package documentation for its text). */
public sealed interface RetentionStatement {

  /** {@code event.action} of the entry. */
  String act();

  /** Who does it: an account; null where the log itself speaks. */
  @Nullable String person();

  /** Why, one line; null where the statement needs no reason. */
  @Nullable String reason();

  /** A policy is in force from here on. */
  record PolicySet(RetentionPolicy policy, String person) implements RetentionStatement {
    static final String ACT = "retention-policy-set";

    @Override
    public String act() {
      return ACT;
    }

    @Override
    public @Nullable String reason() {
      return null;
    }
  }

  /**
   * A legal hold (法定保全) is placed; the entry's leaf names it.
   *
   * @param incident the incident for which it is, empty for none
   */
  record HoldPlaced(List<HoldScope> scopes, String incident, String person, String reason)
      implements RetentionStatement {
    static final String ACT = "legal-hold-placed";

    public HoldPlaced {
      scopes = List.copyOf(scopes);
    }

    @Override
    public String act() {
      return ACT;
    }
  }

  /** Somebody wants to end the hold that this leaf placed. */
  record LiftProposed(long hold, String person, String reason) implements RetentionStatement {
    static final String ACT = "legal-hold-lift-proposed";

    @Override
    public String act() {
      return ACT;
    }
  }

  /** Somebody wants payloads to be destroyed. */
  record DestructionProposed(Payloads payloads, String person, String reason)
      implements RetentionStatement {
    static final String ACT = "destruction-proposed";

    @Override
    public String act() {
      return ACT;
    }
  }

  /** A second person agrees to the proposal of this leaf; a hold that it is about ends here. */
  record Approved(long proposal, String person) implements RetentionStatement {
    static final String ACT = "retention-approved";

    @Override
    public String act() {
      return ACT;
    }

    @Override
    public @Nullable String reason() {
      return null;
    }
  }

  /** Somebody takes back the proposal of this leaf, which nobody approved yet. */
  record Withdrawn(long proposal, String person) implements RetentionStatement {
    static final String ACT = "retention-withdrawn";

    @Override
    public String act() {
      return ACT;
    }

    @Override
    public @Nullable String reason() {
      return null;
    }
  }

  /**
   * Data keys are being destroyed, as the approval of this leaf allows.
   *
   * @param keys their numbers in the key ring
   */
  record Destroyed(Payloads payloads, List<Integer> keys, long approval)
      implements RetentionStatement {
    static final String ACT = "payloads-destroyed";

    public Destroyed {
      keys = List.copyOf(keys);
    }

    @Override
    public String act() {
      return ACT;
    }

    @Override
    public @Nullable String person() {
      return null;
    }

    @Override
    public @Nullable String reason() {
      return null;
    }
  }

  /**
   * The keys are gone; whoever holds copies of what they sealed erases them at this entry.
   *
   * @param destruction leaf of {@link Destroyed}
   * @param copies each kind of copy and what became of it, a line each
   */
  record Completed(long destruction, List<String> copies) implements RetentionStatement {
    static final String ACT = "destruction-completed";

    public Completed {
      copies = List.copyOf(copies);
    }

    @Override
    public String act() {
      return ACT;
    }

    @Override
    public @Nullable String person() {
      return null;
    }

    @Override
    public @Nullable String reason() {
      return null;
    }
  }

  /** The statement as it stands in the log. */
  default byte[] text() {
    return StatementText.of(this).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #text} wrote; empty for anything else. */
  static Optional<RetentionStatement> parse(byte[] text) {
    return StatementText.read(text);
  }

  /** The statement that an entry makes; empty where it makes none. */
  static Optional<RetentionStatement> of(EntryKind kind, Event event) {
    byte[] original = event.bytes(Field.EVENT_ORIGINAL);
    if (kind != EntryKind.RETENTION || original == null) {
      return Optional.empty();
    }
    return parse(original)
        .filter(statement -> statement.act().equals(event.text(Field.EVENT_ACTION)));
  }
}
