// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.io.OutputStream;

/** Where the members of an archive go. */
interface MemberSink {

  /** Fails with {@code AUD-0088} where this many bytes will not fit. */
  void requireRoom(long bytes) throws IOException;

  /** Takes the content of one member; it is durable afterwards. */
  void take(String name, Content content) throws IOException;

  /** Copies the content of the member whose turn it is. */
  @FunctionalInterface
  interface Content {
    void copyTo(OutputStream out) throws IOException;
  }
}
