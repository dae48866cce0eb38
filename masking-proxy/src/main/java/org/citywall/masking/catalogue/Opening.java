// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/** How data may be opened to the public (开放属性). */
public enum Opening {
  /** 无条件开放. */
  UNCONDITIONAL,
  /** 受限开放. */
  RESTRICTED,
  /** 禁止开放. */
  PROHIBITED
}
