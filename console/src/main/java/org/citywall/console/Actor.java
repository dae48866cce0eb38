// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

/**
 * Who does something: an account and the address it speaks from.
 *
 * @param user account name; {@link #SYSTEM} for the platform itself
 * @param address IP address of the browser, empty for the platform itself
 */
public record Actor(String user, String address) {

  /** The platform itself, for example where detection raises an incident. */
  public static final Actor SYSTEM = new Actor("citywall", "");

  public Actor {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("an actor has a name");
    }
  }
}
