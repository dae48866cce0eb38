// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.secrets.SecretStore;
import org.citywall.audit.secrets.VaultSettings;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.yaml.YamlFile;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is told by {@code proxy.yaml} and the catalogue it names; see {@code
 * docs/reference/proxy}. Paths are relative to the file's folder.
 *
 * @param users by name
 * @param policy of the catalogue
 * @param audit null where nothing is said of it
 */
public record ProxyConfig(
    HostPort listen,
    ListenTls tls,
    Backend backend,
    ProxyMode mode,
    Map<String, ProxyUser> users,
    Path catalogueFile,
    Policy policy,
    @Nullable AuditTarget audit) {

  public ProxyConfig {
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
  }

  /**
   * Reads the file and its catalogue: {@code MSK-0080} where one cannot be read, {@code MSK-0081}
   * to {@code MSK-0089} where one is wrong, with file and line; {@code AUD-0040} where it holds a
   * password that others can read.
   *
   * @param environment variables of this process
   * @param store what {@code ${vault:..}} asks
   */
  public static ProxyConfig read(
      Path file, Map<String, String> environment, Optional<SecretStore> store) {
    ProxyConfigReader reader = reader(file, new SecretReferences(file, environment, store));
    reader.vault();
    Path catalogueFile = reader.path("catalogue");
    SecretReferences keys = new SecretReferences(catalogueFile, environment, store);
    return reader.read(catalogueFile, Catalogue.read(catalogueFile, keys));
  }

  /**
   * The Vault that the file names, to be opened before the rest is read; failures are those of
   * {@link #read}.
   */
  public static Optional<VaultSettings> vault(Path file) {
    return reader(file, new SecretReferences(file, Map.of(), Optional.empty())).vault();
  }

  private static ProxyConfigReader reader(Path file, SecretReferences secrets) {
    return new ProxyConfigReader(
        YamlFile.parse(file.toString(), YamlFile.text(file)), file, secrets);
  }

  /** The user of a name, or {@code MSK-0090}. */
  public ProxyUser user(String name) {
    ProxyUser user = users.get(name);
    if (user == null) {
      throw new PlatformException(MaskingErrorCode.USER_UNKNOWN, name);
    }
    return user;
  }
}
