// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Issues certificates of our servers by an authority of our own, and again before they expire. */
final class ServerIdentities {

  /** Where identities are kept, the authority's under {@link #AUTHORITY}. */
  interface Shelf {

    Optional<TlsIdentity> identity(String alias);

    /** Keeps it and gives what is kept now: another process may have been faster. */
    TlsIdentity put(String alias, TlsIdentity identity);
  }

  static final String AUTHORITY = "authority";

  private static final Pattern CLIENT_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private final Shelf shelf;
  private final CertificateAuthority certificates;
  private final Clock clock;

  ServerIdentities(Shelf shelf, CertificateAuthority certificates, Clock clock) {
    this.shelf = shelf;
    this.certificates = certificates;
    this.clock = clock;
  }

  /** See {@link KeyVault#serverIdentity}; not for two threads at once. */
  TlsIdentity identity(String name, List<String> hosts) {
    String alias = "tls-" + KeySlot.requireName(name);
    TlsIdentity authority = authority();
    return shelf
        .identity(alias)
        .filter(known -> !outdated(known.chain().getFirst(), hosts))
        .orElseGet(() -> issue(alias, name, hosts, authority));
  }

  /** See {@link KeyVault#issueClientIdentity}; not for two threads at once. */
  TlsIdentity issueClient(String name) {
    if (!CLIENT_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a client's name: " + name);
    }
    TlsIdentity authority = authority();
    X509Certificate issuer = authority.chain().getFirst();
    KeyPair pair = certificates.p256();
    X509Certificate client = certificates.client(pair.getPublic(), name, authority.key(), issuer);
    return new TlsIdentity(pair.getPrivate(), List.of(client, issuer));
  }

  /** The authority's own certificate and key, made at the first call. */
  private TlsIdentity authority() {
    return shelf.identity(AUTHORITY).orElseGet(this::makeAuthority);
  }

  private TlsIdentity makeAuthority() {
    KeyPair pair = certificates.p256();
    return shelf.put(
        AUTHORITY,
        new TlsIdentity(pair.getPrivate(), List.of(certificates.authority(pair, AUTHORITY))));
  }

  private TlsIdentity issue(String alias, String name, List<String> hosts, TlsIdentity authority) {
    KeyPair pair = certificates.p256();
    X509Certificate issuer = authority.chain().getFirst();
    X509Certificate server =
        certificates.server(pair.getPublic(), name, hosts, authority.key(), issuer);
    return shelf.put(alias, new TlsIdentity(pair.getPrivate(), List.of(server, issuer)));
  }

  private boolean outdated(X509Certificate certificate, List<String> hosts) {
    Set<String> named = new HashSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        names.forEach(name -> named.add(String.valueOf(name.get(1))));
      }
    } catch (GeneralSecurityException e) {
      return true;
    }
    return !named.equals(CertificateAuthority.allHosts(hosts))
        || certificate.getNotAfter().toInstant().isBefore(clock.instant().plus(RENEW_BEFORE));
  }
}
