// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

/** How grave it is where a check finds that something does not conform. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH
}
