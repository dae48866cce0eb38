// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;

/** What is spoken over a connection, from its first byte to its last. */
@FunctionalInterface
interface Session {

  void serve(Connection connection) throws IOException, InterruptedException;
}
