// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

/** What becomes of a statement whose person is not known. */
public enum Otherwise {
  REFUSE,
  /** It runs with the application's floor. */
  FLOOR
}
