// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.util.Locale;

/** Versions of the protocol that are tried, oldest first. */
public enum TlsVersion {
  SSL_3("SSLv3", 0x0300, Family.TLS),
  TLS_1_0("TLSv1.0", 0x0301, Family.TLS),
  TLS_1_1("TLSv1.1", 0x0302, Family.TLS),
  TLS_1_2("TLSv1.2", 0x0303, Family.TLS),
  TLS_1_3("TLSv1.3", 0x0304, Family.TLS13),
  /** China's own, with SM2, SM3 and SM4. */
  TLCP("TLCP1.1", 0x0101, Family.TLCP);

  /** Which suites go with a version. */
  enum Family {
    TLS,
    TLS13,
    TLCP;

    static Family of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private final String label;
  private final int code;
  private final Family family;

  TlsVersion(String label, int code, Family family) {
    this.label = label;
    this.code = code;
    this.family = family;
  }

  /** As people write it. */
  public String label() {
    return label;
  }

  int code() {
    return code;
  }

  Family family() {
    return family;
  }
}
