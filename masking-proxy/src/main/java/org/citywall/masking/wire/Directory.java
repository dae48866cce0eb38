// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Optional;

/** Who may log in. Safe for use by several threads. */
@FunctionalInterface
public interface Directory {

  /** The account of this name. */
  Optional<Account> account(String name);
}
