// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import org.citywall.audit.secrets.Sensitive;

/**
 * A statement that hardened mode runs.
 *
 * @param shown the same without secrets
 */
public record Step(Sensitive<String> sql, String shown) {

  static Step of(String sql) {
    return new Step(Sensitive.of(sql), sql);
  }
}
