// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

/** What a work ticket allows. */
public enum TicketKind {
  /** Export of up to the ticket's quota of rows. */
  EXPORT,
  /** Work outside working hours. */
  ON_CALL
}
