// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.citywall.audit.secrets.VaultStub.Call;
import org.citywall.audit.secrets.VaultStub.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The key-value engine, version 2. */
final class StubKeyValue {

  /** Versions of a secret from 1; null where one was destroyed. */
  private final Map<String, List<@Nullable JsonNode>> secrets = new HashMap<>();

  private final TreeSet<String> deleted = new TreeSet<>();
  private Runnable beforeNextWrite = () -> {};

  /** As an administrator who writes a secret. */
  synchronized void put(String path, Map<String, String> fields) {
    secrets
        .computeIfAbsent(path, absent -> new ArrayList<>())
        .add(VaultStub.JSON.valueToTree(fields));
  }

  /** Fields of the newest version. */
  synchronized Map<String, String> fields(String path) {
    Map<String, String> fields = new HashMap<>();
    newest(path).properties().forEach(e -> fields.put(e.getKey(), e.getValue().asString()));
    return fields;
  }

  synchronized long versionsNotDestroyed(String path) {
    return secrets.get(path).stream().filter(version -> version != null).count();
  }

  synchronized void softDelete(String path) {
    deleted.add(path);
  }

  /** Runs this once, when the next write has arrived and is not done yet. */
  synchronized void beforeNextWrite(Runnable action) {
    beforeNextWrite = action;
  }

  Reply answer(Call call, String path) {
    String[] parts = path.split("/", 2);
    if (parts[0].equals("data") && !call.reads()) {
      Runnable first;
      synchronized (this) {
        first = beforeNextWrite;
        beforeNextWrite = () -> {};
      }
      first.run();
    }
    synchronized (this) {
      return switch (parts[0]) {
        case "data" -> call.reads() ? read(parts[1]) : write(parts[1], call.body());
        case "destroy" -> destroy(parts[1], call.body());
        case "metadata" -> list(parts[1]);
        default -> Reply.error(404);
      };
    }
  }

  private JsonNode newest(String path) {
    return secrets.get(path).getLast();
  }

  private Reply read(String path) {
    if (!secrets.containsKey(path)) {
      return Reply.error(404);
    }
    boolean gone = deleted.contains(path);
    ObjectNode data = VaultStub.JSON.createObjectNode();
    data.set("data", gone ? null : newest(path));
    data.putObject("metadata")
        .put("version", secrets.get(path).size())
        .put("destroyed", false)
        .put("deletion_time", gone ? "2026-03-22T02:36:43.986212308Z" : "");
    return gone ? new Reply(404, Reply.data(data).body()) : Reply.data(data);
  }

  private Reply write(String path, JsonNode body) {
    List<@Nullable JsonNode> versions = secrets.computeIfAbsent(path, absent -> new ArrayList<>());
    JsonNode cas = body.path("options").path("cas");
    if (cas.isNumber() && cas.asInt() != versions.size()) {
      return Reply.error(400, "check-and-set parameter did not match the current version");
    }
    versions.add(body.path("data"));
    deleted.remove(path);
    return Reply.data(VaultStub.JSON.createObjectNode().put("version", versions.size()));
  }

  private Reply destroy(String path, JsonNode body) {
    for (JsonNode version : body.path("versions")) {
      secrets.get(path).set(version.asInt() - 1, null);
    }
    return Reply.nothing();
  }

  private Reply list(String folder) {
    ArrayNode keys = VaultStub.JSON.createArrayNode();
    new TreeSet<>(secrets.keySet())
        .stream()
            .filter(path -> path.startsWith(folder))
            .forEach(path -> keys.add(path.substring(folder.length())));
    return keys.isEmpty()
        ? Reply.error(404)
        : Reply.data(VaultStub.JSON.createObjectNode().set("keys", keys));
  }
}
