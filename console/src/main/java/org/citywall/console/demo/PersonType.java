// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.Locale;

/** On what footing somebody works for the city, as in the field {@code gov.person.type}. */
public enum PersonType {
  STAFF,
  OUTSOURCED,
  SERVICE;

  public String fieldValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
