// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Where the collector listens; empty for what is switched off. */
public record BoundAddresses(
    Optional<InetSocketAddress> syslog,
    Optional<InetSocketAddress> syslogTls,
    Optional<InetSocketAddress> relp,
    Optional<InetSocketAddress> relpTls,
    Optional<InetSocketAddress> http) {}
