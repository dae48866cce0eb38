// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards clients.
 *
 * @param context null where there is none
 * @param required whether a client without it is refused
 */
public record WireTls(@Nullable SslContext context, boolean required) {

  public static final WireTls OFF = new WireTls(null, false);
}
