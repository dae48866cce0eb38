// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.masking.config.ConfiguredSecret;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.config.ProxyUser;
import org.citywall.masking.grant.GrantBook;
import org.citywall.masking.wire.Account;
import org.citywall.masking.wire.ScramVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of the proxy's file as accounts of the wire. Safe for use by several threads. */
final class Users {

  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  private final PolicyFiles files;
  private final GrantBook grants;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Hashed> hashed = new ConcurrentHashMap<>();

  /** What a password in the open was hashed to, so that a name keeps its salt. */
  private record Hashed(String password, ScramVerifier verifier) {
    @Override
    public String toString() {
      return "***";
    }
  }

  Users(PolicyFiles files, GrantBook grants, Clock clock, SecureRandom random) {
    this.files = files;
    this.grants = grants;
    this.clock = clock;
    this.random = random;
  }

  /** The account of a name; none for who is only named by applications. */
  Optional<Account> account(String name) {
    return Optional.ofNullable(files.current().users().get(name))
        .filter(user -> user.password() != null || user.certificate() != null)
        .map(this::account);
  }

  private Account account(ProxyUser user) {
    String name = user.person().name();
    return new Account(
        name, verifier(name, user), user.certificate(), new UserActors(files, grants, clock, user));
  }

  private @Nullable ScramVerifier verifier(String name, ProxyUser user) {
    ConfiguredSecret password = user.password();
    if (password == null) {
      return null;
    }
    String secret = password.resolve().reveal();
    return ScramVerifier.parse(secret).orElseGet(() -> hash(name, secret));
  }

  private ScramVerifier hash(String name, String password) {
    return hashed
        .compute(
            name,
            (same, known) -> {
              if (known != null && known.password().equals(password)) {
                return known;
              }
              LOG.atWarn()
                  .addKeyValue("user.name", name)
                  .log("the password stands in the file in the open; put its verifier there");
              return new Hashed(password, ScramVerifier.of(password, random));
            })
        .verifier();
  }
}
