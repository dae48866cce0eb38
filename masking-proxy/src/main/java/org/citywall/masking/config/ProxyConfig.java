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
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.secrets.VaultSettings;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.grant.Grants;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.wire.WireLimits;
import org.citywall.masking.yaml.YamlFile;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is told by {@code proxy.yaml} and the catalogue it names; see {@code
 * docs/reference/proxy}. Paths are relative to the file's folder.
 *
 * @param hardened whether statements read views of the database; holds from the start of a proxy
 * @param users by name
 * @param policy of the catalogue
 * @param grantsFile null where nobody is granted anything
 * @param usage where it is counted what is used of limited grants
 * @param lookUpKey of digests of values that are looked up; null where nobody is granted a look-up
 * @param subjectKey of hashes of persons that rows are about; null where they are not told apart
 * @param limits those of the start hold
 * @param audit null where nothing is said of it
 */
public record ProxyConfig(
    HostPort listen,
    ListenTls tls,
    Backend backend,
    ProxyMode mode,
    boolean hardened,
    Map<String, ProxyUser> users,
    Path catalogueFile,
    Policy policy,
    @Nullable Path grantsFile,
    Grants grants,
    UsagePlace usage,
    @Nullable Sensitive<String> lookUpKey,
    @Nullable SubjectKey subjectKey,
    WireLimits limits,
    @Nullable AuditTarget audit) {

  public ProxyConfig {
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
  }

  /**
   * Reads the file, its catalogue and its grants: {@code MSK-0080} where one cannot be read, {@code
   * MSK-0081} to {@code MSK-0089} where one is wrong, with file and line; {@code AUD-0040} where it
   * holds a password that others can read.
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
    Catalogue catalogue = Catalogue.read(catalogueFile, keys);
    Grants grants =
        reader.findPath("grants").map(path -> Grants.read(path, catalogue)).orElse(Grants.NONE);
    return reader.read(catalogueFile, catalogue, grants);
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
