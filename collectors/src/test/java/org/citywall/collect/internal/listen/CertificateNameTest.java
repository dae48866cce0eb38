// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=gw-01,OU=net,O=City|gw-01",
        "OU=net,CN=gw-01|gw-01",
        "CN=inner,CN=outer|inner",
        "CN=a\\,b|a,b",
        "CN=杭州|杭州",
        "O=City|",
        "CN= |",
        "not a name|"
      })
  void findsTheMostSpecificCommonName(String distinguishedName, String expected) {
    assertThat(CertificateName.commonName(distinguishedName)).isEqualTo(expected);
  }

  @Test
  void keepsNamesApartThatCannotBeWrittenAsTheyAre() {
    String space = CertificateName.legible("gw 01");
    String slash = CertificateName.legible("gw/01");

    assertThat(CertificateName.legible("gw_01")).isEqualTo("gw_01");
    assertThat(space).startsWith("gw_01~").isNotEqualTo(slash);
    assertThat(CertificateName.legible("x".repeat(1000))).hasSizeLessThan(200);
  }
}
