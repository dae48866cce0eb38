// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

/** Why a record is rejected. Without a stack trace: hostile senders can cause many of them. */
final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  Malformed(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** One English phrase without values from the record. */
  String reason() {
    return reason;
  }
}
