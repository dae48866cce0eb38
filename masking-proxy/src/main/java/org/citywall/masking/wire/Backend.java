// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.citywall.audit.secrets.Sensitive;

/**
 * The database behind the proxy, and how the proxy logs in there.
 *
 * @param password asked for at each connection, because it may change
 */
public record Backend(
    InetSocketAddress address,
    String database,
    String user,
    Supplier<Sensitive<String>> password) {}
