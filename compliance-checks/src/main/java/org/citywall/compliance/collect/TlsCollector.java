// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.citywall.compliance.collect.tls.TlsFindings;
import org.citywall.compliance.collect.tls.TlsProbe;
import org.citywall.compliance.collect.tls.TlsSuite;
import org.citywall.compliance.collect.tls.TlsVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a TLS server accepts. Facts: {@code offered}; {@code protocols} that it accepts; {@code
 * suites}, a list with {@code name}, {@code protocol}, {@code weak}, {@code forward-secret}; {@code
 * suites-complete}, whether these are all or the first choices; {@code sm-suites}, those with SM4;
 * {@code certificate} as {@link CertificateFacts} tells it, absent where the server showed none.
 */
final class TlsCollector implements Collector {

  static final String NAME = "tls";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private TlsCollector() {}

  static TlsCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new TlsCollector();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(Target target) {
    return target instanceof TlsTarget;
  }

  @Override
  public JsonNode collect(Target target) throws Uncollectable {
    if (!(target instanceof TlsTarget server)) {
      throw new Uncollectable("no TLS server");
    }
    try {
      TlsProbe probe = new TlsProbe(server.host(), server.port(), server.opening(), PATIENCE);
      return facts(server, probe.ask());
    } catch (IOException e) {
      throw new Uncollectable("the server cannot be asked: " + e.getMessage(), e);
    }
  }

  private static JsonNode facts(TlsTarget server, TlsFindings found) throws IOException {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("offered", found.offered()).put("suites-complete", found.complete());
    ArrayNode protocols = facts.putArray("protocols");
    ArrayNode suites = facts.putArray("suites");
    ArrayNode sm = facts.putArray("sm-suites");
    for (TlsVersion version : TlsVersion.values()) {
      List<TlsSuite> accepted = found.suites().getOrDefault(version, List.of());
      if (!accepted.isEmpty()) {
        protocols.add(version.label());
      }
      for (TlsSuite suite : accepted) {
        suites
            .addObject()
            .put("name", suite.name())
            .put("protocol", version.label())
            .put("weak", suite.weak())
            .put("forward-secret", suite.forwardSecret());
        if (suite.sm()) {
          sm.add(suite.name());
        }
      }
    }
    if (!found.chain().isEmpty()) {
      facts.set(
          "certificate",
          CertificateFacts.of(found.chain(), server.host(), server.clock().instant()));
    }
    return facts;
  }
}
