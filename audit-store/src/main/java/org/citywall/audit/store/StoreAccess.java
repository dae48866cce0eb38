// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may do what at the store. A client that is not listed may do nothing.
 *
 * @param clients rights by the common name in the client's certificate: 1 to 64 letters, digits,
 *     dots, dashes and underscores
 */
public record StoreAccess(Map<String, Rights> clients) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * Rights of one client.
   *
   * @param verbs what it may do
   * @param sources beginnings of the names of sources it may append for; empty for every source.
   *     Without such a limit, a client can use up the sequence numbers of another one's sources.
   */
  public record Rights(Set<StoreVerb> verbs, List<String> sources) {

    public Rights {
      verbs = Set.copyOf(verbs);
      sources = List.copyOf(sources);
    }

    /** These rights for every source. */
    public static Rights of(StoreVerb... verbs) {
      return new Rights(Set.of(verbs), List.of());
    }

    boolean mayAppendFor(String source) {
      return sources.isEmpty() || sources.stream().anyMatch(source::startsWith);
    }

    boolean allowAny(Set<StoreVerb> wanted) {
      return wanted.stream().anyMatch(verbs::contains);
    }
  }

  private static final Rights NONE = Rights.of();

  public StoreAccess {
    clients = Map.copyOf(clients);
    for (String name : clients.keySet()) {
      if (!isName(name)) {
        throw new IllegalArgumentException("not a client's name: " + name);
      }
    }
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  Rights of(String client) {
    return clients.getOrDefault(client, NONE);
  }
}
