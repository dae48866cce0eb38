// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.Mask;
import org.jspecify.annotations.Nullable;

/**
 * The form in which values of a column are shown to whoever may not see them.
 *
 * @param identifier what each value is; null where values have no form of their own
 */
public record MaskedForm(Mask mask, @Nullable IdentifierKind identifier) {

  /** Whether the text has this form and cannot be a value. A valid identifier is always one. */
  public boolean isOf(String text) {
    return mayBeTold() && !isValue(text) && hasForm(text);
  }

  /**
   * Letters, digits and blanks that hide also stand in values, unless these have their own form.
   */
  private boolean mayBeTold() {
    return identifier != null
        || !(mask instanceof CharacterMask hiding)
        || !(Character.isLetterOrDigit(hiding.replaceChar())
            || Character.isWhitespace(hiding.replaceChar()));
  }

  private boolean isValue(String text) {
    return identifier != null && identifier.matches(text.strip());
  }

  /** The type character pads what it holds by blanks. */
  private boolean hasForm(String text) {
    return mask.isFormOf(text) || mask.isFormOf(text.stripTrailing());
  }
}
