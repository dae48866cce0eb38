// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.Serializable;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * How an act on a system, round or task ended, for the line that says so.
 *
 * @param done message key of what was done, or null where it was refused
 * @param detail for the message
 * @param problem code of the failure, or null
 * @param problemKey message of the failure, or null
 */
public record ComplianceOutcome(
    @Nullable String done, String detail, @Nullable String problem, @Nullable String problemKey)
    implements Serializable {

  /** What is done, and what to say of it. */
  interface Work {
    String run();
  }

  /** Does it, and tells how it ended. */
  static ComplianceOutcome of(String act, Work work) {
    try {
      return new ComplianceOutcome("compliance.done." + act, work.run(), null, null);
    } catch (PlatformException e) {
      return new ComplianceOutcome(null, "", e.code().id(), e.code().messageKey());
    }
  }
}
