// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.citywall.audit.secrets.TlsIdentity;

/**
 * How the store is served.
 *
 * @param address where it listens; port 0 takes any free one
 * @param identity what it shows to clients
 * @param authorities who may issue certificates of clients; nobody else is trusted
 * @param access who may do what
 */
public record StoreServerConfig(
    InetSocketAddress address,
    TlsIdentity identity,
    List<X509Certificate> authorities,
    StoreAccess access,
    StoreLimits limits) {

  public StoreServerConfig {
    authorities = List.copyOf(authorities);
  }
}
