// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

/** Bytes that are not what the package documentation says they are. */
final class MalformedFrame extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedFrame(String what) {
    super(what);
  }
}
