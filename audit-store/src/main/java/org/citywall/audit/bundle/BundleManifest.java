// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LogFormat.KeyPeriod;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle says of itself (see the package documentation).
 *
 * @param size leaves that the checkpoints cover
 * @param rules names of the fields that decided what is withheld
 * @param record leaf of the entry that tells of the bundle
 * @param keys the keys of the log, each tree's oldest first
 */
public record BundleManifest(
    String origin,
    long size,
    Instant made,
    String person,
    String reason,
    String selection,
    List<String> rules,
    long record,
    LogFormat keys,
    Counts counts) {

  /** How many entries a bundle has of each kind; supporting ones are in no other number. */
  public record Counts(long disclosed, long withheld, long destroyed, long supporting) {

    static Counts of(List<BundleEntry> entries) {
      return new Counts(
          count(entries, BundleEntry.State.DISCLOSED),
          count(entries, BundleEntry.State.WITHHELD),
          count(entries, BundleEntry.State.DESTROYED),
          entries.stream().filter(entry -> !entry.selected()).count());
    }

    private static long count(List<BundleEntry> entries, BundleEntry.State state) {
      return entries.stream().filter(e -> e.selected() && e.state() == state).count();
    }
  }

  private static final String FORMAT = "citywall-evidence-bundle/";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_BYTES = 1 << 20;

  public BundleManifest {
    rules = List.copyOf(rules);
  }

  byte[] write() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT + VERSION);
    json.put("origin", origin);
    json.put("size", size);
    json.put("made", made.toString());
    json.put("person", person);
    json.put("reason", reason);
    json.put("selection", selection);
    json.put("rules", rules);
    json.put("record", record);
    json.put("keys", keys.periods().stream().map(BundleManifest::key).toList());
    json.put("disclosed", counts.disclosed());
    json.put("withheld", counts.withheld());
    json.put("destroyed", counts.destroyed());
    json.put("supporting", counts.supporting());
    return (JSON.writeValueAsString(json) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> key(KeyPeriod period) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("tree", period.key().treeHash() == TreeHash.SM3 ? "sm3" : "sha256");
    key.put("vkey", period.key().toString());
    key.put("leaf", period.leaf());
    return key;
  }

  /** {@code AUD-0151} for later versions, {@code AUD-0150} for what {@link #write} does not. */
  static BundleManifest read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw malformed(null);
    }
    try {
      JsonNode json = JSON.readTree(bytes);
      String format = json.path("format").asString("");
      if (format.matches(FORMAT + "[1-9][0-9]{0,8}") && !format.equals(FORMAT + VERSION)) {
        throw new PlatformException(AuditErrorCode.BUNDLE_VERSION, format);
      }
      BundleManifest manifest = of(json);
      if (!Arrays.equals(manifest.write(), bytes)) {
        throw malformed(null);
      }
      return manifest;
    } catch (JacksonException | DateTimeParseException e) {
      throw malformed(e);
    } catch (PlatformException e) {
      // A key that is none is a matter of form here.
      throw e.code() == AuditErrorCode.BUNDLE_VERSION ? e : malformed(e);
    }
  }

  private static BundleManifest of(JsonNode json) {
    List<String> rules = new ArrayList<>();
    json.path("rules").forEach(rule -> rules.add(rule.asString("")));
    List<KeyPeriod> periods = new ArrayList<>();
    json.path("keys")
        .forEach(
            key ->
                periods.add(
                    new KeyPeriod(
                        VerifierKey.parse(key.path("vkey").asString("")),
                        key.path("leaf").asLong(Long.MIN_VALUE))));
    boolean sm3 = periods.stream().anyMatch(period -> period.key().treeHash() == TreeHash.SM3);
    LogFormat keys = new LogFormat(sm3 ? 2 : 1, periods);
    if (!keys.isSound()) {
      throw malformed(null);
    }
    return new BundleManifest(
        json.path("origin").asString(""),
        json.path("size").asLong(-1),
        Instant.parse(json.path("made").asString("")),
        json.path("person").asString(""),
        json.path("reason").asString(""),
        json.path("selection").asString(""),
        rules,
        json.path("record").asLong(-1),
        keys,
        new Counts(
            json.path("disclosed").asLong(-1),
            json.path("withheld").asLong(-1),
            json.path("destroyed").asLong(-1),
            json.path("supporting").asLong(-1)));
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.BUNDLE_FORMAT, "manifest.json", cause);
  }
}
