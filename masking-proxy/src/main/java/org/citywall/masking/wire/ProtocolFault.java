// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.handler.codec.DecoderException;

/** The other side does not speak the protocol; its session ends. */
final class ProtocolFault extends DecoderException {

  private static final long serialVersionUID = 1L;

  ProtocolFault(String what) {
    super(what);
  }
}
