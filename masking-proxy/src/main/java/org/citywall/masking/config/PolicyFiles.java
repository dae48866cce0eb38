// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretStore;
import org.citywall.masking.MaskingErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's file, its catalogue and its grants, read again after a change. A changed file is
 * taken once it stayed the same between two looks, so that none is read half-written. What is wrong
 * is not taken: the last good one stays in force, and the failure is counted, logged and kept. Safe
 * for use by several threads; sessions take {@link #current} for each statement.
 */
public final class PolicyFiles {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyFiles.class);

  /** What tells one state of a file from another; null stands for a file that is not there. */
  private record Stamp(FileTime changed, long size, @Nullable Object fileKey) {}

  private record Stamps(
      Optional<Stamp> config, Optional<Stamp> catalogue, Optional<Stamp> grants) {}

  private final Path file;
  private final Map<String, String> environment;
  private final Optional<SecretStore> store;
  private final Consumer<ProxyConfig> check;
  private volatile ProxyConfig current;
  private volatile @Nullable PlatformException lastFailure;
  private volatile long failures;
  private Stamps taken;
  private Stamps seen;

  /**
   * Reads the files for the first time; failures are those of {@link ProxyConfig#read}.
   *
   * @param check refuses what reading alone cannot see to be wrong, by a {@link PlatformException}
   */
  public PolicyFiles(
      Path file,
      Map<String, String> environment,
      Optional<SecretStore> store,
      Consumer<ProxyConfig> check) {
    this.file = file;
    this.check = check;
    this.environment = Map.copyOf(environment);
    this.store = store;
    this.current = read();
    this.taken = stamps();
    this.seen = taken;
    // again, as the files may have changed between the first reading, which names them, and here
    this.current = read();
  }

  private ProxyConfig read() {
    ProxyConfig config = ProxyConfig.read(file, environment, store);
    check.accept(config);
    return config;
  }

  /** What is in force. Address, TLS and backend are those of the start for who opened them then. */
  public ProxyConfig current() {
    return current;
  }

  /** Changes that were not taken since the start. */
  public long failures() {
    return failures;
  }

  /**
   * Why the newest change was not taken, {@code MSK-0091} with the mistake as its cause; empty
   * where the files are in force as they are.
   */
  public Optional<PlatformException> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /**
   * Looks for a change and takes it; to be called every few seconds.
   *
   * @return whether another policy is in force now
   */
  public synchronized boolean look() {
    Stamps now = stamps();
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(taken)) {
      return false;
    }
    taken = now;
    return take();
  }

  private boolean take() {
    try {
      ProxyConfig next = read();
      current = next;
      lastFailure = null;
      LOG.atInfo()
          .addKeyValue("policy.version", next.policy().version())
          .log("policy files taken over");
      return true;
    } catch (RuntimeException e) {
      // of our own bugs only the name: what they say was not written to be shown
      String why = e instanceof PlatformException ? e.getMessage() : e.getClass().getName();
      failures++;
      lastFailure = new PlatformException(MaskingErrorCode.POLICY_KEPT, String.valueOf(why), e);
      LOG.atError()
          .addKeyValue("error.code", MaskingErrorCode.POLICY_KEPT.id())
          .addKeyValue("policy.version", current.policy().version())
          .addKeyValue("policy.failures", failures)
          .addKeyValue("error.message", why)
          .log("policy files not taken over");
      return false;
    }
  }

  private Stamps stamps() {
    Path grants = current.grantsFile();
    return new Stamps(
        stamp(file),
        stamp(current.catalogueFile()),
        grants == null ? Optional.empty() : stamp(grants));
  }

  private static Optional<Stamp> stamp(Path path) {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(new Stamp(found.lastModifiedTime(), found.size(), found.fileKey()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
