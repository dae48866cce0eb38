// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/** Whether a person has to say what they use data for. */
enum PurposeNeed {
  OPTIONAL,
  REQUIRED
}
