// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.net.InetSocketAddress;

/**
 * A proxy's wire.
 *
 * @param listen port 0 for any free one
 * @param enforce false to decide and record and change nothing
 */
public record WireConfig(
    InetSocketAddress listen, WireTls tls, Backend backend, WireLimits limits, boolean enforce) {}
