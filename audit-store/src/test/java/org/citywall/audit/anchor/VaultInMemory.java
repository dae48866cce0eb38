// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.secrets.KeyKind;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.SigningKey;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.testing.KeyInMemory;

/** A vault that forgets its keys with the test. */
final class VaultInMemory implements KeyVault {

  private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();

  @Override
  public SigningKey signingKey(String name) {
    return keys.computeIfAbsent(name, absent -> new KeyInMemory());
  }

  SigningKey onlyKey() {
    return keys.values().iterator().next();
  }

  @Override
  public SigningKey sm2SigningKey(String name) {
    throw unused();
  }

  @Override
  public List<SigningKey> signingKeys(KeyKind kind, String name) {
    return List.of(signingKey(name));
  }

  @Override
  public KeyWrapper keyWrapper(String name) {
    throw unused();
  }

  @Override
  public int rotate(KeyKind kind, String name) {
    throw unused();
  }

  @Override
  public void retireBefore(KeyKind kind, String name, int version) {
    throw unused();
  }

  @Override
  public TlsIdentity serverIdentity(String name, List<String> hosts) {
    throw unused();
  }

  @Override
  public TlsIdentity issueClientIdentity(String name) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("no test of witnesses needs it");
  }
}
