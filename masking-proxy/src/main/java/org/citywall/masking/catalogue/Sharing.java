// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/** How other units may get data (共享属性). */
public enum Sharing {
  /** 无条件共享. */
  UNCONDITIONAL,
  /** 有条件共享. */
  CONDITIONAL,
  /** 不予共享. */
  NONE
}
