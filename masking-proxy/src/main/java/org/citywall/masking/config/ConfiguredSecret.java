// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.secrets.Sensitive;

/** A secret that a file holds or names. */
public final class ConfiguredSecret {

  /** Begins what a person is checked against who never gave us the password itself. */
  private static final String VERIFIER = "SCRAM-SHA-256$";

  private final Sensitive<String> text;
  private final SecretReferences references;

  private ConfiguredSecret(Sensitive<String> text, SecretReferences references) {
    this.text = text;
    this.references = references;
  }

  /**
   * Text of a file: a verifier, {@code ${env:..}}, {@code ${file:..}}, {@code ${vault:PATH#KEY}} or
   * the secret itself, which is refused with {@code AUD-0040} where others can read the file.
   */
  static ConfiguredSecret of(String text, SecretReferences references) {
    ConfiguredSecret secret = new ConfiguredSecret(Sensitive.of(text), references);
    if (!text.startsWith("${")) {
      secret.resolve();
    }
    return secret;
  }

  /**
   * The secret now: a verifier as PostgreSQL writes it ({@code
   * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}) or a password. Failures are those of {@link
   * SecretReferences#resolve}.
   */
  public Sensitive<String> resolve() {
    String written = text.reveal();
    return isVerifier(written) ? normal(written) : resolved(written);
  }

  private Sensitive<String> resolved(String written) {
    Sensitive<String> secret = references.resolve(written);
    return isVerifier(secret.reveal()) ? normal(secret.reveal()) : secret;
  }

  private static boolean isVerifier(String text) {
    return text.regionMatches(true, 0, VERIFIER, 0, VERIFIER.length());
  }

  private static Sensitive<String> normal(String verifier) {
    return Sensitive.of(VERIFIER + verifier.substring(VERIFIER.length()));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
