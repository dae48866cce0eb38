// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

/**
 * What gets an outcome in a round.
 *
 * @param framework id of the catalogue
 * @param object what of the system was looked at, for example a host; empty for all of it
 */
public record ItemKey(String framework, String item, String object) {

  /** The system as a whole. */
  public static final String WHOLE = "";

  /** The item without the object. */
  public String control() {
    return framework + "/" + item;
  }
}
