// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import tools.jackson.databind.JsonNode;

/** Secrets in Vault's key-value engine of version 2. Thread-safe. */
final class VaultDocuments {

  /** The version of a path where nothing was ever written. */
  static final int NEVER_WRITTEN = 0;

  /**
   * The newest version of a secret.
   *
   * @param version from 1
   */
  record Document(int version, SortedMap<String, String> fields) {

    static final Document NONE = new Document(NEVER_WRITTEN, new TreeMap<>());
  }

  private final VaultSession session;
  private final String mount;

  VaultDocuments(VaultSession session, VaultSettings settings) {
    this.session = session;
    this.mount = settings.mounts().kv();
  }

  /** Empty where there is none or it was deleted. */
  Optional<Document> find(String path) {
    VaultAnswer answer = session.read(mount + "/data/" + path);
    return answer.missing() ? Optional.empty() : Optional.of(parse(path, answer));
  }

  /**
   * The secret, or version 0 where there never was one; {@code AUD-0040} where it was deleted: what
   * replaced it would not be what it was.
   */
  Document read(String path) {
    VaultAnswer answer = session.read(mount + "/data/" + path);
    if (!answer.missing()) {
      return parse(path, answer);
    }
    if (answer.body().path("data").has("metadata")) {
      throw new PlatformException(
          AuditErrorCode.KEYS_UNREADABLE, "deleted in Vault, undelete it: " + path);
    }
    return Document.NONE;
  }

  private static Document parse(String path, VaultAnswer answer) {
    JsonNode data = answer.data("reading " + path);
    SortedMap<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : data.path("data").properties()) {
      fields.put(field.getKey(), field.getValue().asString());
    }
    return new Document(data.path("metadata").path("version").asInt(), fields);
  }

  /**
   * Replaces the version that was read; false where somebody else did meanwhile.
   *
   * @param expected version that is there now
   */
  boolean replace(String path, int expected, Map<String, String> fields) {
    VaultAnswer answer =
        session.writeOnce(
            mount + "/data/" + path, Map.of("options", Map.of("cas", expected), "data", fields));
    if (answer.status() == 400 && answer.error().startsWith("check-and-set")) {
      return false;
    }
    answer.succeededOr("writing " + path);
    return true;
  }

  /** Destroys the versions of a secret before this one for good. */
  void destroyBefore(String path, int version) {
    List<Integer> older = IntStream.range(1, version).boxed().toList();
    if (!older.isEmpty()) {
      session
          .write(mount + "/destroy/" + path, Map.of("versions", older))
          .succeededOr("destroying old versions of " + path);
    }
  }

  /** Names directly below a path. */
  List<String> list(String path) {
    VaultAnswer answer = session.read(mount + "/metadata/" + path + "?list=true");
    List<String> names = new ArrayList<>();
    if (!answer.missing()) {
      answer.data("listing " + path).path("keys").forEach(name -> names.add(name.asString()));
    }
    return names;
  }
}
