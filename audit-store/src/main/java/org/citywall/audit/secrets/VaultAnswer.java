// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import tools.jackson.databind.JsonNode;

/**
 * What Vault said.
 *
 * @param status HTTP status: 200, 204, 400, 403 or 404, or another of the 4xx
 * @param body JSON object; empty where there was none
 */
record VaultAnswer(int status, JsonNode body) {

  private static final int MAX_ERROR = 200;

  boolean succeeded() {
    return status == 200 || status == 204;
  }

  boolean missing() {
    return status == 404;
  }

  boolean forbidden() {
    return status == 403;
  }

  /** The member {@code data} of a success; anything else is {@code AUD-0045}. */
  JsonNode data(String what) {
    return succeededOr(what).body().path("data");
  }

  /** This answer, if it is a success; {@code AUD-0045} otherwise. */
  VaultAnswer succeededOr(String what) {
    if (!succeeded()) {
      throw refused(what);
    }
    return this;
  }

  /** Vault's own words, of one line and bounded; Vault puts no secret into them. */
  String error() {
    String text = body.path("errors").path(0).asString("").replaceAll("\\p{Cntrl}+", " ");
    return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR);
  }

  PlatformException refused(String what) {
    return new PlatformException(
        AuditErrorCode.VAULT_REFUSED, what + ": HTTP " + status + " " + error());
  }
}
