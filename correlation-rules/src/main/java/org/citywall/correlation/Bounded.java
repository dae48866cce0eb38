// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.nio.charset.StandardCharsets;
import org.citywall.audit.log.Hash;

/**
 * Text from events as an alert may carry it. Senders choose names freely; one that is too long for
 * a table must cost its attack neither the alert nor, worse, detection its progress.
 */
final class Bounded {

  /** Longest group key, entity or figure, in UTF-16 units. */
  static final int LENGTH = 500;

  private Bounded() {}

  /**
   * The text itself where it is short. A longer one is cut and ends with its hash, so that two that
   * differ stay different. NUL, which PostgreSQL cannot store, becomes U+FFFD.
   */
  static String of(String text) {
    String storable = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    if (storable.length() <= LENGTH) {
      return storable;
    }
    String hash = Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    int cut = LENGTH - 1 - hash.length();
    if (Character.isHighSurrogate(storable.charAt(cut - 1))) {
      cut--;
    }
    return storable.substring(0, cut) + '#' + hash;
  }
}
