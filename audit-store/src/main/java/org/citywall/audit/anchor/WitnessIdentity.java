// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyVault;

/**
 * Who a witness is: its name and which key of the vault it signs with. Each witness that is made
 * has a key of its own. One that lost its memory must not go on under the old key: it would cosign
 * what it has promised not to.
 *
 * @param folder of the witness below the data folder
 * @param name key name, a schema-less URL by custom
 * @param keyName name of the key in the vault
 */
record WitnessIdentity(Path folder, String name, String keyName) {

  private static final String FIRST_LINE = "citywall-witness 1";

  /** Makes a witness where there is none; {@code AUD-0074} where there is one. */
  static WitnessIdentity make(Path dataDir, String name, RandomGenerator random) {
    Path folder = folder(dataDir);
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    WitnessIdentity identity =
        new WitnessIdentity(folder, name, "witness-" + HexFormat.of().formatHex(bytes));
    try {
      // Two processes that write one key store would lose each other's keys.
      if (Files.exists(dataDir.resolve("log"))) {
        throw new PlatformException(
            AuditErrorCode.WITNESS_REFUSED, "a witness wants a data folder of its own");
      }
      if (Files.exists(folder.resolve("identity"))) {
        throw new PlatformException(
            AuditErrorCode.WITNESS_REFUSED, "there is a witness already: " + folder);
      }
      WitnessMemory.create(folder);
      AnchorFiles.replace(
          folder.resolve("identity"),
          (FIRST_LINE + "\nname " + name + "\nkey " + identity.keyName + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return identity;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, folder.toString(), e);
    }
  }

  /** The witness of a data folder; {@code AUD-0072} where there is none. */
  static WitnessIdentity read(Path dataDir) {
    Path file = folder(dataDir).resolve("identity");
    try {
      String[] lines = Files.readString(file).split("\n", -1);
      if (lines.length != 4
          || !lines[0].equals(FIRST_LINE)
          || !lines[1].startsWith("name ")
          || !lines[2].startsWith("key ")) {
        throw new PlatformException(AuditErrorCode.WITNESS_STATE_DAMAGED, file.toString());
      }
      return new WitnessIdentity(folder(dataDir), lines[1].substring(5), lines[2].substring(4));
    } catch (NoSuchFileException e) {
      throw new PlatformException(AuditErrorCode.WITNESS_MISSING, dataDir.toString(), e);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.ANCHOR_STORE_FAILED, file.toString(), e);
    }
  }

  private static Path folder(Path dataDir) {
    return dataDir.resolve("witness");
  }

  /** The key with which it cosigns. */
  Cosigner cosigner(KeyVault vault) {
    return new Cosigner(name, vault.signingKey(keyName));
  }
}
