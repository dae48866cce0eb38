// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a configuration file names instead of holding: {@code ${env:VARIABLE}}, {@code
 * ${file:PATH}} relative to the file's folder, {@code ${vault:PATH#KEY}}. Any other text that does
 * not begin with <code>${</code> is the secret itself, which only a file that its owner alone can
 * read may hold. Thread-safe.
 */
public final class SecretReferences {

  private static final int MAX_FILE_BYTES = 64 * 1024;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|vault):([^{}]+)}");

  private final Path configuration;
  private final Map<String, String> environment;
  private final Optional<SecretStore> store;

  /**
   * References in this file.
   *
   * @param environment variables of this process
   * @param store what {@code vault:} asks; without it such a reference is refused
   */
  public SecretReferences(
      Path configuration, Map<String, String> environment, Optional<SecretStore> store) {
    this.configuration = configuration.toAbsolutePath();
    this.environment = Map.copyOf(environment);
    this.store = store;
  }

  /**
   * The secret that the text names or is: {@code AUD-0046} where what it names is absent or empty,
   * {@code AUD-0048} where it is no such reference, {@code AUD-0040} where others may read the file
   * that holds it.
   */
  public Sensitive<String> resolve(String text) {
    if (!text.startsWith("${")) {
      return literal(text);
    }
    Matcher reference = REFERENCE.matcher(text);
    if (!reference.matches()) {
      throw invalid("known are ${env:..}, ${file:..} and ${vault:PATH#KEY}");
    }
    String target = reference.group(2);
    return switch (reference.group(1)) {
      case "env" -> present(environment.get(target), "environment variable " + target);
      case "file" -> file(configuration.resolveSibling(target));
      default -> vault(target);
    };
  }

  /**
   * A login that the store makes in a database; {@code AUD-0048} where there is no store, otherwise
   * failures are those of {@link SecretStore#databaseLogin}.
   */
  public LeasedLogin databaseLogin(String role) {
    return store.orElseThrow(() -> invalid("no vault is configured")).databaseLogin(role);
  }

  private Sensitive<String> literal(String text) {
    try {
      OwnerOnly.require(configuration);
      return Sensitive.of(text);
    } catch (IOException e) {
      throw new PlatformException(
          AuditErrorCode.KEYS_UNREADABLE, configuration.getFileName().toString(), e);
    }
  }

  private static Sensitive<String> file(Path file) {
    try {
      OwnerOnly.require(file);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw invalid(file + " is longer than " + MAX_FILE_BYTES + " bytes");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return present(text.replaceFirst("\\R\\z", ""), file.toString());
    } catch (NoSuchFileException e) {
      return present(null, file.toString());
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.KEYS_UNREADABLE, file.toString(), e);
    }
  }

  private Sensitive<String> vault(String target) {
    int hash = target.lastIndexOf('#');
    if (hash < 1 || hash == target.length() - 1) {
      throw invalid("a vault reference is ${vault:PATH#KEY}");
    }
    return store
        .orElseThrow(() -> invalid("no vault is configured"))
        .secret(target.substring(0, hash), target.substring(hash + 1));
  }

  private static Sensitive<String> present(@Nullable String value, String where) {
    if (value == null || value.isEmpty()) {
      throw new PlatformException(AuditErrorCode.SECRET_MISSING, where);
    }
    return Sensitive.of(value);
  }

  private static PlatformException invalid(String detail) {
    return new PlatformException(AuditErrorCode.SECRET_REFERENCE_INVALID, detail);
  }
}
