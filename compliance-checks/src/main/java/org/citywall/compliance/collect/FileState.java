// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

/**
 * What a file is.
 *
 * @param type of what a link leads to
 * @param mode permissions with set-id and sticky bits, 0 to 07777
 */
public record FileState(Type type, int mode, long owner, long group, long size) {

  /** Kinds of files. */
  public enum Type {
    FILE,
    FOLDER,
    OTHER
  }

  /** As checks write it, for example {@code 0640}. */
  public String octal() {
    String digits = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
