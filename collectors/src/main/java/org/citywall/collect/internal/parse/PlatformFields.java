// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.util.EnumSet;
import java.util.Set;
import org.citywall.audit.event.Field;

/** Fields that are the platform's own word: a client's claim of them is kept as a label only. */
final class PlatformFields {

  private static final Set<Field> FIELDS =
      EnumSet.of(
          Field.EVENT_ORIGINAL,
          Field.GOV_RAW_HASH,
          Field.GOV_CLOCK_SKEW,
          Field.GOV_GAP_FROM,
          Field.GOV_GAP_TO,
          Field.GOV_SILENCE_SECONDS,
          Field.GOV_ORIGIN_ID,
          Field.GOV_CLIENT_ID,
          Field.GOV_ALERT_ID,
          Field.GOV_INCIDENT_ID,
          Field.GOV_INCIDENT_STATE,
          Field.GOV_INCIDENT_PREVIOUS_STATE,
          Field.GOV_INCIDENT_ASSIGNEE,
          Field.GOV_LEAVES);

  private PlatformFields() {}

  static boolean contains(Field field) {
    return FIELDS.contains(field);
  }
}
