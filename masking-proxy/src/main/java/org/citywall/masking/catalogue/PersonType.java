// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/** Whose person somebody is, as in the field {@code gov.person.type}. */
public enum PersonType {
  STAFF,
  OUTSOURCED,
  /** No person but a program. */
  SERVICE
}
