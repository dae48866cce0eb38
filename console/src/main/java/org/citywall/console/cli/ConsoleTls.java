// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.List;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.PemIdentity;
import org.citywall.audit.secrets.TlsIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows browsers.
 *
 * @param certificate chain as PEM, or null where the vault's own authority issues one
 * @param key private key as PEM (PKCS#8), null where the certificate is
 */
record ConsoleTls(@Nullable Path certificate, @Nullable Path key) {

  /** A certificate by the authority whose PEM is in the data folder. */
  static final ConsoleTls ISSUED = new ConsoleTls(null, null);

  TlsIdentity identity(KeyVault vault, List<String> names) {
    return certificate == null || key == null
        ? vault.serverIdentity("console", names)
        : PemIdentity.read(certificate, key);
  }
}
