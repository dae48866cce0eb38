// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Failures that the store tells by their id. */
final class StoreFailures {

  private static final Map<String, AuditErrorCode> BY_ID =
      Stream.of(AuditErrorCode.values())
          .collect(Collectors.toUnmodifiableMap(AuditErrorCode::id, Function.identity()));

  private StoreFailures() {}

  /** The failure of this id; {@code AUD-0104} where this version knows none. */
  static PlatformException of(String id, String detail) {
    AuditErrorCode code = BY_ID.get(id);
    return code == null
        ? new PlatformException(AuditErrorCode.STORE_ANSWER_MALFORMED, "unknown failure")
        : new PlatformException(code, "store: " + detail);
  }
}
