// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

/** Kinds of listeners; each names its sources {@code KIND/PEER}. */
public enum SourceKind {
  SYSLOG_TCP("syslog-tcp"),
  SYSLOG_TLS("syslog-tls"),
  RELP("relp"),
  RELP_TLS("relp-tls"),
  HTTP("http");

  private final String label;

  SourceKind(String label) {
    this.label = label;
  }

  /** First part of the names of its sources. */
  public String label() {
    return label;
  }

  /** Name of the source that this peer is. */
  public String source(String peer) {
    return label + "/" + peer;
  }

  /** Whether a listener names sources so. */
  static boolean named(String source) {
    for (SourceKind kind : values()) {
      if (source.startsWith(kind.label + "/")) {
        return true;
      }
    }
    return false;
  }
}
