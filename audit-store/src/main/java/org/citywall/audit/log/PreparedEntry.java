// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/**
 * An entry with everything computed that does not depend on its place in the log.
 *
 * @param body record bytes behind leaf and commit
 * @param leafHashes hash of the leaf in each tree, one after the other
 */
record PreparedEntry(Identity identity, byte[] body, byte[] leafHashes) {

  /** Length of the whole record. */
  int length() {
    return RecordFormat.BODY + body.length;
  }
}
