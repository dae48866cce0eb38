// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

/**
 * A way around the views, or a view that is not as it should be.
 *
 * @param object what is concerned, for example {@code public.person}
 * @param detail for people: by which way, and what to do
 */
public record HardenedGap(Kind kind, String object, String detail) {

  /** What is wrong. */
  public enum Kind {
    /** The login has an attribute that no right limits. */
    LOGIN_ATTRIBUTE,
    /** The login is a member of a role that can read closed relations. */
    MEMBERSHIP,
    /** The login owns what it must not read. */
    OWNERSHIP,
    /** A right on a closed relation that the login has itself. */
    OWN_GRANT,
    /** A right on a closed relation that everybody has. */
    PUBLIC_GRANT,
    /** A right on a closed relation that comes by another way. */
    OTHER_GRANT,
    /** Tables that are made later would be readable. */
    DEFAULT_PRIVILEGE,
    /** A function that runs with its owner's rights and may read a closed relation. */
    DEFINER_FUNCTION,
    /** A function that reads files of the server. */
    SERVER_FILES,
    /** Row security of the database, which views of another owner do not keep. */
    ROW_SECURITY,
    /** A view that is not there. */
    VIEW_MISSING,
    /** A view that is another one than the policy asks for. */
    VIEW_DIFFERENT,
    /** Somebody else than the login has rights on a view, or the login has other ones. */
    VIEW_GRANT,
    /** Views of a policy that is no longer in force. */
    VIEWS_LEFT
  }
}
