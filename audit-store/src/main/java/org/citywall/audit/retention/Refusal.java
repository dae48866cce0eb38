// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Why a statement has no effect.
 *
 * @param why for people, without names of data subjects
 */
public record Refusal(AuditErrorCode code, String why) {

  public PlatformException asException() {
    return new PlatformException(code, why);
  }
}
