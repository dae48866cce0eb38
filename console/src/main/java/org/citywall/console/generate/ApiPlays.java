// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import org.citywall.audit.event.Field;

/** Scenarios of sharing interfaces: 20, 21, 22. */
final class ApiPlays {

  private static final int NEEDED_IDS = 200;
  private static final List<String> TWO_OTHERS = List.of("name", "status", "address", "mobile");
  private static final List<String> ONE_MORE = List.of("name", "status", "district", "birth_date");

  private ApiPlays() {}

  /** More persons within an hour than the contract allows. */
  static void overuse(Script s) {
    s.begin(9, 15, 1);
    ApiKey key = s.apiKey();
    long percent = s.draw("percent-of-quota");
    if (s.is(Kind.BENIGN)) {
      s.ticket("CAMPAIGN", key.id(), key.perHour() * 5, 2 * Script.HOUR);
    }
    long persons = key.perHour() * percent / 100;
    for (long i = 0; i < persons; i++) {
      Draft draft = s.add(s.facts().call(s.at(), key, s.random().nextInt(City.RESIDENTS), 200, 1));
      if (i == key.perHour() * 12 / 10) {
        s.decisive(draft);
      }
      s.pass(50 * Script.MINUTE / persons);
    }
  }

  /** A field that the contract does not name. */
  static void drift(Script s) {
    s.begin(9, 17, 1);
    ApiKey key = s.apiKey();
    long calls = s.draw("calls");
    // Each change of a contract is a version of its own, known here within a day.
    String version = "2." + s.at() / (24 * Script.HOUR);
    for (long i = 0; i < calls; i++) {
      Draft draft = s.facts().call(s.at(), key, s.random().nextInt(City.RESIDENTS), 200, 1);
      if (s.isAttack()) {
        draft.put(Field.GOV_API_FIELDS, s.isHeldOut() ? ONE_MORE : TWO_OTHERS);
      } else if (s.is(Kind.BENIGN)) {
        draft
            .put(Field.GOV_API_FIELDS, List.of("name", "status", "valid_until"))
            .put(Field.GOV_API_CONTRACT_VERSION, version);
      } else {
        draft.put(Field.GOV_API_FIELDS, List.of("name", "district"));
      }
      s.add(draft);
      if (i == 0) {
        s.decisive(draft);
      }
      s.pass(Script.SECOND, Script.MINUTE);
    }
  }

  /** Numbers tried one after the other, of which most belong to nobody. */
  static void scraping(Script s) {
    s.begin(9, 16, 1);
    ApiKey key = s.apiKey();
    long ids = s.draw("ids");
    long empty = s.draw("percent-empty");
    boolean bug = s.is(Kind.BENIGN);
    long first = s.random().nextInt(City.RESIDENTS);
    for (long i = 0; i < ids; i++) {
      boolean nothing = i * 37 % 100 < empty;
      long person = bug ? first + i % 3 : first + i;
      Draft draft = s.facts().call(s.at(), key, person, nothing ? 404 : 200, nothing ? 0 : 1);
      if (bug) {
        draft.put(Field.USER_AGENT_ORIGINAL, "consumer/1.2 (retry)");
      }
      s.add(draft);
      if (i == NEEDED_IDS - 1) {
        s.decisive(draft);
      }
      s.pass(9 * Script.MINUTE / ids);
    }
    if (s.isAttack() && ids > key.perHour()) {
      s.also(20);
    }
  }
}
