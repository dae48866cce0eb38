// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import org.citywall.audit.log.LoggedEntry;

/** A form in which a command prints entries. */
interface EventWriter {
  void write(LoggedEntry entry);
}
