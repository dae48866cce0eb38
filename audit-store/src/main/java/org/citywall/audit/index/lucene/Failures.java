// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** What Lucene throws, in our words. */
final class Failures {

  private Failures() {}

  static PlatformException of(Exception cause) {
    return new PlatformException(
        AuditErrorCode.INDEX_FAILED, cause.getClass().getSimpleName(), cause);
  }

  static PlatformException query(String problem) {
    return new PlatformException(AuditErrorCode.QUERY_INVALID, problem);
  }
}
