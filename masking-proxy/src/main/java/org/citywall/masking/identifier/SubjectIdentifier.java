// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

import java.util.Locale;
import java.util.Optional;

/** What a table says of the person that a row is about, in the one writing that is hashed. */
public final class SubjectIdentifier {

  private static final int FIRST_GENERATION = 15;
  private static final int LONGEST = 256;

  private SubjectIdentifier() {}

  /**
   * The one writing: a resident's number with 18 characters and a capital X, whichever way it is
   * stored; any other text without blanks around it. Empty for a blank text, and for one that is
   * too long to be an identifier.
   */
  public static Optional<String> canonical(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(residentId(stripped).orElse(stripped));
  }

  /**
   * A resident's number in its one writing; empty where the text is none: wrong length, no birth
   * date, wrong check character.
   */
  public static Optional<String> residentId(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    boolean old =
        upper.length() == FIRST_GENERATION && ResidentId.allDigits(upper, FIRST_GENERATION);
    return Optional.of(old ? ResidentId.upgrade(upper) : upper).filter(ResidentId::isValid);
  }
}
