// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.util.List;
import java.util.Objects;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.jspecify.annotations.Nullable;

/** Refuses an assessment and says where it is wrong. */
final class Invalid {

  private Invalid() {}

  static void unless(boolean holds, @Nullable String where, String what) {
    if (!holds) {
      throw at(where, what);
    }
  }

  /** The list itself, which must be there and hold no gap. */
  static <T> List<T> present(@Nullable List<T> list, String where) {
    if (list == null || list.stream().anyMatch(Objects::isNull)) {
      throw at(where, list == null ? "is missing" : "holds null");
    }
    return List.copyOf(list);
  }

  private static PlatformException at(@Nullable String where, String what) {
    return new PlatformException(ComplianceErrorCode.ASSESSMENT_INVALID, where + ": " + what);
  }
}
