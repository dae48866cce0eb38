// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HashTest {

  // FIPS 180-4, example of the one-block message.
  @Test
  void computesTheSha256OfThePublishedExample() {
    Hash hash = Hash.sha256("abc".getBytes(StandardCharsets.US_ASCII));

    assertThat(hash.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void startsEachMessageAfresh() {
    byte[] message = {1, 2, 3};

    assertThat(Hash.sha256(message)).isEqualTo(Hash.sha256(message));
    assertThat(Hash.sha256(message)).isNotEqualTo(Hash.sha256(new byte[0]));
  }
}
