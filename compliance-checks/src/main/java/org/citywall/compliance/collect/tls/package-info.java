// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a TLS server accepts, learned by greetings of our own: no handshake is finished, nothing is
 * trusted, and what the peer sends is bounded. TLS 1.0 to 1.3 and SSL 3 (RFC 6101, 2246, 4346,
 * 5246, 8446), the suites of RFC 8998, and TLCP (GB/T 38636-2020, to be confirmed).
 */
@NullMarked
package org.citywall.compliance.collect.tls;

import org.jspecify.annotations.NullMarked;
