// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.util.List;
import java.util.Map;

/**
 * What a server accepts.
 *
 * @param offered whether it begins TLS at all
 * @param suites by version, in the order in which the server prefers them
 * @param complete whether all suites were asked for, or only which one it chooses first
 * @param chain its certificates as DER, its own first; of TLCP the one for signatures and the one
 *     for encryption come first
 */
public record TlsFindings(
    boolean offered, Map<TlsVersion, List<TlsSuite>> suites, boolean complete, List<byte[]> chain) {
  public TlsFindings {
    suites = Map.copyOf(suites);
    chain = List.copyOf(chain);
  }
}
