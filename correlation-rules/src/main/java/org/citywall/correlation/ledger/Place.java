// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.util.List;

/**
 * What accesses of one day have in common that are counted together. Empty texts stand for what no
 * entry says.
 *
 * @param tables of a statement, separated by commas
 * @param level 0..4, 0 where nothing classified was shown
 * @param key name of the key of the hashes; empty where nobody is told apart
 */
record Place(
    String operator,
    String account,
    String unit,
    String recipient,
    String owner,
    String tables,
    String key,
    int level) {

  /** Texts of a place. */
  static final int TEXTS = 7;

  /** Stands for names that came after there were too many. */
  static final String OTHERS = "*";

  /** The same where there are too many to be told apart. */
  Place folded() {
    return new Place(OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, level);
  }

  /** All but the level, in order. */
  List<String> texts() {
    return List.of(operator, account, unit, recipient, owner, tables, key);
  }

  /** A place of these texts, in the order of {@link #texts}. */
  static Place of(String[] texts, int level) {
    return new Place(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], level);
  }

  String of(Dimension dimension) {
    return switch (dimension) {
      case OPERATOR -> operator;
      case ACCOUNT -> account;
      case UNIT -> unit;
      case RECIPIENT -> recipient;
      case OWNER -> owner;
      case LEVEL -> Integer.toString(level);
      case TABLE -> tables;
    };
  }
}
