// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.citywall.collect.CollectorConfig.ConnectionLimits;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final Admission admission =
      new Admission(new ConnectionLimits(4, 2, 1024, Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @Test
  void admitsSoManyOfOneAddressAndSoManyInAll() {
    assertThat(admit("192.0.2.1")).isTrue();
    assertThat(admit("192.0.2.1")).isTrue();
    assertThat(admit("192.0.2.1")).isFalse();
    assertThat(admit("192.0.2.2")).isTrue();
    assertThat(admit("192.0.2.3")).isTrue();
    assertThat(admit("192.0.2.4")).isFalse();
    admission.release(InetAddress.ofLiteral("192.0.2.1"));

    assertThat(admit("192.0.2.1")).isTrue();
  }

  @Test
  void countsAHostOnceHoweverManyAddressesItsNetworkGivesIt() {
    assertThat(admit("2001:db8::1")).isTrue();
    assertThat(admit("2001:db8::2:1")).isTrue();
    assertThat(admit("2001:db8::3")).isFalse();

    assertThat(admit("2001:db8:0:1::3")).isTrue();
  }

  private boolean admit(String address) {
    return admission.admit(InetAddress.ofLiteral(address));
  }
}
