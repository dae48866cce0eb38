// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.citywall.audit.log.Hash;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server's certificates say; whether anybody vouches for them is not asked. Facts: {@code
 * subject}, {@code issuer}, {@code names} (of hosts, addresses), {@code names-host}, {@code key}
 * ({@code rsa}, {@code ec}, {@code dsa} or {@code other}), {@code key-bits}, {@code signature},
 * {@code begun}, {@code not-after}, {@code expires-in-days} (rounded down, below zero where past),
 * {@code self-signed}, {@code chain} (how many there are), {@code chain-in-order}, {@code sha256}.
 */
final class CertificateFacts {

  private CertificateFacts() {}

  static ObjectNode of(List<byte[]> chain, String host, Instant now) throws IOException {
    try {
      List<X509CertificateHolder> each = new ArrayList<>();
      for (byte[] one : chain) {
        each.add(new X509CertificateHolder(one));
      }
      return facts(each, chain.getFirst(), host, now);
    } catch (IOException | RuntimeException e) {
      throw new IOException("its certificate is malformed", e);
    }
  }

  private static ObjectNode facts(
      List<X509CertificateHolder> chain, byte[] first, String host, Instant now)
      throws IOException {
    X509CertificateHolder own = chain.getFirst();
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("subject", own.getSubject().toString()).put("issuer", own.getIssuer().toString());
    List<String> names = names(own);
    ArrayNode list = facts.putArray("names");
    names.forEach(list::add);
    facts.put("names-host", names.stream().anyMatch(name -> covers(name, host)));
    key(facts, PublicKeyFactory.createKey(own.getSubjectPublicKeyInfo()));
    facts.put(
        "signature",
        new DefaultSignatureNameFinder().getAlgorithmName(own.getSignatureAlgorithm()));
    Instant end = own.getNotAfter().toInstant();
    boolean inOrder = true;
    for (int i = 0; i + 1 < chain.size(); i++) {
      inOrder &= chain.get(i).getIssuer().equals(chain.get(i + 1).getSubject());
    }
    return facts
        .put("begun", !own.getNotBefore().toInstant().isAfter(now))
        .put("not-after", end.toString())
        .put(
            "expires-in-days",
            Math.floorDiv(Duration.between(now, end).toSeconds(), Duration.ofDays(1).toSeconds()))
        .put("self-signed", own.getSubject().equals(own.getIssuer()))
        .put("chain", chain.size())
        .put("chain-in-order", inOrder)
        .put("sha256", Hash.sha256(first).hex());
  }

  private static void key(ObjectNode facts, AsymmetricKeyParameter key) {
    switch (key) {
      case RSAKeyParameters rsa ->
          facts.put("key", "rsa").put("key-bits", rsa.getModulus().bitLength());
      case ECPublicKeyParameters ec ->
          facts.put("key", "ec").put("key-bits", ec.getParameters().getCurve().getFieldSize());
      case DSAKeyParameters dsa ->
          facts.put("key", "dsa").put("key-bits", dsa.getParameters().getP().bitLength());
      default -> facts.put("key", "other");
    }
  }

  private static List<String> names(X509CertificateHolder certificate) throws IOException {
    List<String> names = new ArrayList<>();
    GeneralNames alternative =
        GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
    if (alternative == null) {
      return names;
    }
    for (GeneralName name : alternative.getNames()) {
      switch (name.getTagNo()) {
        case GeneralName.dNSName -> names.add(name.getName().toString());
        case GeneralName.iPAddress ->
            names.add(address(ASN1OctetString.getInstance(name.getName()).getOctets()));
        default -> {}
      }
    }
    return names;
  }

  private static String address(byte[] bytes) throws UnknownHostException {
    return InetAddress.getByAddress(bytes).getHostAddress();
  }

  /** A star stands for the first label alone (RFC 6125 6.4.3). */
  private static boolean covers(String name, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    String shown = name.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    return shown.equals(wanted)
        || shown.startsWith("*.") && dot > 0 && wanted.substring(dot).equals(shown.substring(1));
  }
}
