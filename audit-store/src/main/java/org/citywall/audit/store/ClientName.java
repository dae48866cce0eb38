// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** The name that a client's certificate gives it. */
final class ClientName {

  private ClientName() {}

  /** The one common name of the subject; empty where there is none, several, or an odd one. */
  static Optional<String> of(X509Certificate certificate) {
    try {
      RDN[] names = new JcaX509CertificateHolder(certificate).getSubject().getRDNs(BCStyle.CN);
      if (names.length != 1 || names[0].isMultiValued()) {
        return Optional.empty();
      }
      String name = IETFUtils.valueToString(names[0].getFirst().getValue());
      return Optional.of(name).filter(StoreAccess::isName);
    } catch (CertificateEncodingException e) {
      return Optional.empty();
    }
  }
}
