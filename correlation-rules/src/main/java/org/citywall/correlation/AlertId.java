// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import org.citywall.audit.event.EventId;

/**
 * Identity of an alert, the same however often the log is replayed: the {@link EventId} of the
 * client id {@code ruleId '@' ruleVersion 0x00 groupKey 0x00 firstLeaf} at the source {@code
 * alert}, the leaf in decimal digits.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record AlertId(String value) {

  public AlertId {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("an alert id has 32 hexadecimal digits");
    }
  }

  static AlertId of(String ruleId, int ruleVersion, String groupKey, long firstLeaf) {
    return new AlertId(
        EventId.ofClient("alert", ruleId + '@' + ruleVersion + '\0' + groupKey + '\0' + firstLeaf)
            .toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
