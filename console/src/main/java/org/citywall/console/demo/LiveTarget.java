// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.net.InetSocketAddress;
import java.net.URI;
import org.citywall.audit.secrets.Sensitive;

/**
 * Where the live stream sends: the collectors' own ports, as any other sender would.
 *
 * @param ingest URL that takes JSON lines, for example {@code http://127.0.0.1:8514/v1/events}
 * @param token bearer token of that URL
 * @param syslog plain TCP port for syslog
 */
public record LiveTarget(URI ingest, Sensitive<String> token, InetSocketAddress syslog) {}
