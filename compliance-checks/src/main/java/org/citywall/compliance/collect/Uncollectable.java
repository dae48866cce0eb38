// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

/** Facts cannot be had; the message says why, for people. */
public final class Uncollectable extends Exception {

  private static final long serialVersionUID = 1L;

  public Uncollectable(String reason) {
    super(reason);
  }

  public Uncollectable(String reason, Throwable cause) {
    super(reason, cause);
  }
}
