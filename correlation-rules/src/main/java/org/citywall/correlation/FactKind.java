// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/** What an event tells about people and data; an event may be of several kinds. */
enum FactKind {
  /** An account reads or changes data of a database. */
  ACCESS,
  /** An account logs in or out; tries that failed are none. */
  SESSION,
  /** An account is created or given rights. */
  IDENTITY,
  /** A person comes back from leave or is about to go. */
  STAFFING,
  /** A sharing interface is called with a key. */
  API_CALL,
  /** A file is written or leaves a device. */
  FILE,
  /** A watermark of the city was found elsewhere. */
  LEAK,
  /** A site reports whom one of its incidents is about. */
  SIGHTING,
  /** A rule was switched off, on or made narrower. */
  RULE_CHANGE,
  /** A benefit was paid for a row. */
  PAYMENT;

  private static final Set<String> RULE_CHANGES =
      Set.of("rule-disabled", "filter-widened", "rule-enabled");

  /** The kinds of this event, none for most events of most sources. */
  static Set<FactKind> of(Event event) {
    EnumSet<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    List<String> categories = event.texts(Field.EVENT_CATEGORY);
    boolean named = event.has(Field.USER_NAME);
    add(kinds, ACCESS, named && categories.contains("database"));
    boolean session = categories.contains("authentication") || categories.contains("session");
    add(kinds, SESSION, named && session && !"failure".equals(event.text(Field.EVENT_OUTCOME)));
    add(kinds, IDENTITY, categories.contains("iam") || isGrant(event));
    add(kinds, API_CALL, event.has(Field.GOV_API_KEY_ID));
    String dataset = event.text(Field.EVENT_DATASET);
    if (dataset != null) {
      add(kinds, STAFFING, dataset.equals("hr.person"));
      add(kinds, FILE, dataset.equals("endpoint.file"));
      add(kinds, PAYMENT, dataset.equals("business.payment"));
    }
    String action = event.text(Field.EVENT_ACTION);
    if (action != null) {
      add(kinds, LEAK, action.equals("watermark-found"));
      add(kinds, SIGHTING, action.equals("sighting-reported"));
      add(kinds, RULE_CHANGE, RULE_CHANGES.contains(action));
    }
    return kinds;
  }

  private static boolean isGrant(Event event) {
    String operation = event.text(Field.DB_OPERATION);
    return operation != null && operation.toUpperCase(Locale.ROOT).equals("GRANT");
  }

  private static void add(Set<FactKind> kinds, FactKind kind, boolean holds) {
    if (holds) {
      kinds.add(kind);
    }
  }
}
