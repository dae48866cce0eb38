// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

/** Where a field's name comes from. */
public enum FieldOrigin {
  /** Elastic Common Schema. */
  ECS,
  /** Ours, for access to databases. */
  DB,
  /** Ours, for public data and the offices that answer for it. */
  GOV
}
