// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.KeyWrapper;
import org.jspecify.annotations.Nullable;

/** The key that wraps the data keys of payloads, as far as the data folder holds it. */
public final class PayloadKey {

  /** Its name in a vault. */
  public static final String NAME = "payload";

  private PayloadKey() {}

  /** Opens data keys with the data folder's key file; null where it has none. */
  public static @Nullable KeyWrapper of(Path data) {
    return Files.exists(FileKeyVault.file(data))
        ? FileKeyVault.open(data, System.getenv(), Clock.systemUTC(), new SecureRandom())
            .keyWrapper(NAME)
        : null;
  }
}
