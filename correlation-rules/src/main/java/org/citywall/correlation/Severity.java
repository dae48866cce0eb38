// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

/** How grave an alert is, in rising order. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
