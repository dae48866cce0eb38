// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

/** Something that a verification has to say about a file. */
public sealed interface Finding {

  /** {@link #leaf} or {@link #position} where there is none to name. */
  long NONE = -1;

  /** Path below the log's folder. */
  String file();

  /** Leaf that it is about, or {@link #NONE}. */
  long leaf();

  /** Byte in the file, or {@link #NONE}. */
  long position();

  /** What was found, for people. */
  String explanation();

  /** Bytes are not what was recorded or signed. */
  record Altered(String file, long leaf, long position, String explanation) implements Finding {}

  /** Bytes that were recorded or signed are not there. */
  record Missing(String file, long leaf, long position, String explanation) implements Finding {}

  /** Something was destroyed, held or approved as the rules of retention allow. */
  record Lawful(String file, long leaf, long position, String explanation) implements Finding {}

  /** Worth knowing, and no sign of harm: an unsigned tail, a file that can be rebuilt. */
  record Remark(String file, long leaf, long position, String explanation) implements Finding {}
}
