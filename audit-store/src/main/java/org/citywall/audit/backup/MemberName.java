// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.nio.charset.StandardCharsets;

/** Which names a member may have (see the package documentation). */
final class MemberName {

  static final String MANIFEST = "manifest.json";
  static final String SUMS = "SHA256SUMS";
  static final String NOTE = "SHA256SUMS.note";

  private static final int MAX_BYTES = 255;

  private MemberName() {}

  /** Whether a file of this name stays in the folder into which it is unpacked. */
  static boolean isSafe(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
        || name.chars().anyMatch(MemberName::isForbidden)) {
      return false;
    }
    for (String component : name.split("/", -1)) {
      if (component.isEmpty() || component.equals(".") || component.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /** Whether a file of the data folder may have this name in a backup. */
  static boolean isAllowed(String name) {
    return isSafe(name) && !name.equals(MANIFEST) && !name.equals(SUMS) && !name.equals(NOTE);
  }

  private static boolean isForbidden(int c) {
    return c < ' ' || c == 0x7F || c == '\\' || c == ':' || c == 0xFFFD;
  }
}
