// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Set;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What names mean to a session: its search path and its temporary relations, asked of the database
 * between the client's messages once something may have changed them. Confined to the session's
 * event loop.
 */
final class NameTracking {

  static final Set<StatementKind> ENDS_TRANSACTION =
      EnumSet.of(StatementKind.TRANSACTION, StatementKind.SEVERAL);

  /** Of the proxy's own statement and portal. */
  static final String OWN_NAME = "citywall names";

  private final String session;
  private final SchemaCache schemas;
  private final Pipeline pipeline;
  private final Answers answers;
  private final Messages messages;
  private SessionNames names = SessionNames.NONE;
  private @Nullable SessionSchema schema;
  private boolean stale = true;

  /** Whether names were changed by a transaction that may still take that back. */
  private boolean unsettled;

  private long changes;
  private boolean unsynced;
  private long group;

  /**
   * @param session names the session
   */
  NameTracking(
      String session, SchemaCache schemas, Pipeline pipeline, Answers answers, Messages messages) {
    this.session = session;
    this.schemas = schemas;
    this.pipeline = pipeline;
    this.answers = answers;
    this.messages = messages;
  }

  /** A name of the client; a fault where it is the proxy's own. */
  static String requireForeign(String name) {
    if (name.equals(OWN_NAME)) {
      throw new ProtocolFault("a name that is the proxy's own");
    }
    return name;
  }

  SessionNames known() {
    return names;
  }

  /** Relations and names as they are now known. */
  SessionSchema schema() {
    return schema(schemas.newest());
  }

  /** The same; null where no relations are known yet, and nothing waits for them. */
  @Nullable SessionSchema knownSchema() {
    SchemaSnapshot snapshot = schemas.known();
    return snapshot == null ? null : schema(snapshot);
  }

  private SessionSchema schema(SchemaSnapshot snapshot) {
    SessionSchema known = schema;
    if (known == null || !known.isOf(snapshot, names)) {
      known = new SessionSchema(snapshot, names);
      schema = known;
    }
    return known;
  }

  boolean isStale() {
    return stale;
  }

  boolean isUnsettled() {
    return unsettled;
  }

  /** The client is in the middle of messages that end with a Sync. */
  void unsynced() {
    unsynced = true;
  }

  boolean isUnsynced() {
    return unsynced;
  }

  /** The client waits for the database to be ready. */
  void synced() {
    unsynced = false;
    group++;
  }

  /** Counts the client's Syncs and queries. */
  long group() {
    return group;
  }

  /** A transaction may end here, and the names that it made with it. */
  void transactionMayEnd() {
    stale |= unsettled;
  }

  /** A statement of this kind may change what names mean, or end a transaction that did. */
  void sent(StatementKind kind) {
    switch (kind) {
      case SET, DISCARD, CREATE_TABLE_AS, CREATE_VIEW, SEVERAL, EXECUTE -> {
        stale = true;
        unsettled = true;
        changes++;
      }
      case TRANSACTION -> transactionMayEnd();
      default -> {
        // it changes no names
      }
    }
  }

  /** Goes on when the names are known as they are when the client's next message runs. */
  void whenKnown(Runnable then) {
    if (mustAsk()) {
      ask(then);
    } else {
      then.run();
    }
  }

  /** Whether names may have changed since they were asked for, and can be asked for. */
  boolean mustAsk() {
    return stale && !hasFailed();
  }

  /** Whether the database can be asked nothing until the transaction ends. */
  private boolean hasFailed() {
    return answers.transactionState() == 'E' && !pipeline.owes(ENDS_TRANSACTION);
  }

  private void ask(Runnable then) {
    boolean synced = !unsynced;
    Expected.Names gathering =
        new Expected.Names(
            Unpooled.buffer(),
            rows -> {
              names = SessionNames.read(rows, session);
              stale = false;
              if (!synced) {
                then.run();
              }
            });
    pipeline.add(messages.close('S', OWN_NAME), new Expected(Expected.Kind.CLOSE).own());
    pipeline.add(
        messages.parse(OWN_NAME, SessionNames.QUERY), new Expected(Expected.Kind.PARSE).own());
    pipeline.add(messages.bind(OWN_NAME, OWN_NAME), new Expected(Expected.Kind.BIND).own());
    pipeline.add(
        messages.execute(OWN_NAME),
        // What follows is skipped as well: it does not matter how it is judged.
        new Expected(Expected.Kind.EXECUTE)
            .gathering(gathering)
            .whenDropped(synced ? () -> {} : then));
    pipeline.add(messages.close('P', OWN_NAME), new Expected(Expected.Kind.CLOSE).own());
    if (synced) {
      pipeline.add(
          messages.empty(FrontendMessage.SYNC),
          new Expected(Expected.Kind.SYNC).own().whenDone(settling(then)));
    } else {
      pipeline.add(messages.empty(FrontendMessage.FLUSH));
    }
    pipeline.flush();
  }

  private Runnable settling(Runnable then) {
    long before = changes;
    return () -> {
      if (answers.transactionState() == 'I' && before == changes) {
        unsettled = false;
      }
      then.run();
    };
  }
}
