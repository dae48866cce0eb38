// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in HashiCorp Vault, or OpenBao. Ed25519 keys and wrapping keys are in the transit engine and
 * never leave it; SM2, which transit does not know, and TLS keys are stored as secrets wrapped by a
 * transit key and are in this process's memory while it uses them. Several processes may share one
 * Vault and one prefix, with a server name each.
 */
public final class VaultKeyVault implements KeyVault, SecretStore {

  private static final Logger LOG = LoggerFactory.getLogger(VaultKeyVault.class);

  /** How often it is looked whether a token or a login must be renewed. */
  private static final Duration RENEWAL_CHECK = Duration.ofSeconds(1);

  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private final VaultTransport transport;
  private final VaultSession session;
  private final VaultTransit transit;
  private final VaultDocuments documents;
  private final VaultStoredKeys stored;
  private final ServerIdentities servers;
  private final VaultSettings settings;
  private final Clock clock;
  private final Set<VaultLogin> logins = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("vault-renewals").daemon().factory());

  private VaultKeyVault(
      VaultSettings settings, VaultTransport transport, Clock clock, SecureRandom random) {
    this.settings = settings;
    this.transport = transport;
    this.clock = clock;
    this.session = new VaultSession(settings, transport, clock);
    this.transit = new VaultTransit(session, settings);
    this.documents = new VaultDocuments(session, settings);
    this.stored =
        new VaultStoredKeys(documents, keyWrapper(VaultStoredKeys.WRAPPED_BY), settings, random);
    this.servers = new ServerIdentities(stored, new CertificateAuthority(clock, random), clock);
  }

  /**
   * Connects and logs in, so that what is wrong is known now: {@code AUD-0044} where Vault does not
   * answer, {@code AUD-0045} where it refuses us, {@code AUD-0040} where the files of the settings
   * cannot be used.
   */
  public static VaultKeyVault open(VaultSettings settings, Clock clock, SecureRandom random) {
    VaultKeyVault vault =
        open(settings, new VaultTransport(settings, VaultTransport.PAUSES), clock, random);
    long period = RENEWAL_CHECK.toMillis();
    vault.renewals.scheduleWithFixedDelay(vault::renewDue, period, period, TimeUnit.MILLISECONDS);
    return vault;
  }

  /** Without renewals of its own. */
  static VaultKeyVault open(
      VaultSettings settings, VaultTransport transport, Clock clock, SecureRandom random) {
    VaultKeyVault vault = new VaultKeyVault(settings, transport, clock, random);
    try {
      vault.session.read("auth/token/lookup-self").succeededOr("log-in by AppRole");
      return vault;
    } catch (RuntimeException e) {
      vault.close();
      throw e;
    }
  }

  /** Renews what is about to run out. What fails is tried again the next time. */
  void renewDue() {
    attempt("the token of Vault could not be renewed", session::renewDue);
    logins.removeIf(VaultLogin::isClosed);
    for (VaultLogin login : logins) {
      attempt("a database login could not be renewed", login::renewDue);
    }
  }

  private static void attempt(String failure, Runnable renewal) {
    try {
      renewal.run();
    } catch (PlatformException e) {
      LOG.atWarn()
          .addKeyValue("error.code", e.code().id())
          .addKeyValue("error.message", e.getMessage())
          .log(failure);
    }
  }

  @Override
  public SigningKey signingKey(String name) {
    return signingKeys(KeyKind.ED25519, name).getLast();
  }

  @Override
  public SigningKey sm2SigningKey(String name) {
    return signingKeys(KeyKind.SM2, name).getLast();
  }

  @Override
  public synchronized List<SigningKey> signingKeys(KeyKind kind, String name) {
    KeySlot slot = KeySlot.signing(kind, name);
    if (kind == KeyKind.SM2) {
      return List.copyOf(stored.signingKeys(slot));
    }
    return transit.ring(slot).publicKeys().entrySet().stream()
        .<SigningKey>map(key -> signer(slot, key.getKey(), key.getValue()))
        .toList();
  }

  private SigningKey signer(KeySlot slot, int version, byte[] publicKey) {
    return new RemoteSigningKey(
        publicKey, version, message -> transit.sign(slot, version, message));
  }

  @Override
  public KeyWrapper keyWrapper(String name) {
    return new VaultKeyWrapper(transit, new KeySlot(KeyKind.WRAPPING, name));
  }

  @Override
  public synchronized int rotate(KeyKind kind, String name) {
    KeySlot slot = new KeySlot(kind, name);
    if (kind == KeyKind.SM2) {
      return stored.rotate(slot);
    }
    if (transit.find(slot).isPresent()) {
      transit.rotate(slot);
    }
    return transit.ring(slot).newest();
  }

  @Override
  public synchronized void retireBefore(KeyKind kind, String name, int version) {
    KeySlot slot = new KeySlot(kind, name);
    if (kind == KeyKind.SM2) {
      stored.retireBefore(slot, version);
      return;
    }
    boolean known =
        transit
            .find(slot)
            .filter(ring -> ring.oldest() <= version && version <= ring.newest())
            .isPresent();
    if (!known) {
      throw new PlatformException(AuditErrorCode.KEY_MISSING, slot + " version " + version);
    }
    if (slot.equals(new KeySlot(KeyKind.WRAPPING, VaultStoredKeys.WRAPPED_BY))) {
      stored.resealAll();
    }
    transit.retireBefore(slot, version);
  }

  @Override
  public synchronized TlsIdentity issueClientIdentity(String name) {
    return servers.issueClient(name);
  }

  @Override
  public synchronized TlsIdentity serverIdentity(String name, List<String> hosts) {
    return servers.identity(name, hosts);
  }

  /** The path is below the mount of the settings, without it. */
  @Override
  public Sensitive<String> secret(String path, String key) {
    String value =
        documents.find(requirePath(path)).map(found -> found.fields().get(key)).orElse("");
    if (value.isEmpty()) {
      throw new PlatformException(AuditErrorCode.SECRET_MISSING, path + "#" + key);
    }
    return Sensitive.of(value);
  }

  @Override
  public LeasedLogin databaseLogin(String role) {
    String path = settings.mounts().database() + "/creds/" + requirePath(role);
    VaultLogin login = new VaultLogin(session, path, clock);
    logins.add(login);
    return login;
  }

  private static String requirePath(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new PlatformException(
          AuditErrorCode.SECRET_REFERENCE_INVALID, "no path of Vault: " + path);
    }
    return path;
  }

  /** Gives logins and token back; what Vault does not take back now runs out by itself. */
  @Override
  public void close() {
    renewals.shutdownNow();
    logins.forEach(VaultLogin::close);
    attempt("the token of Vault could not be given back", session::close);
    transport.close();
  }
}
