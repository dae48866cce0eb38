// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

/** What decisions are good for. */
public enum ProxyMode {
  ENFORCE,
  /** Decide and record, and change nothing. */
  OBSERVE
}
