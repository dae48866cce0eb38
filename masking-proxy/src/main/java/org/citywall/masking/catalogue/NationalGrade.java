// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/** Grade by the harm that a leak would do to the country (GB/T 43697-2024); beside the level. */
public enum NationalGrade {
  /** 一般数据. */
  GENERAL,
  /** 重要数据. */
  IMPORTANT,
  /** 核心数据. */
  CORE
}
