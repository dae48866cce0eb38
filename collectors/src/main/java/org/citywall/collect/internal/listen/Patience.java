// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.time.Duration;

/**
 * How long a peer may take.
 *
 * @param greeting from connecting, or from the end of the handshake, to its first byte
 * @param idle between two records
 * @param record for one record from its first byte to its last, for the handshake, and for reading
 *     what is written to it
 */
record Patience(Duration greeting, Duration idle, Duration record) {}
