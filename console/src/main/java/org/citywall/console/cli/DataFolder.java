// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;

/**
 * Where things are in a data folder: {@code log/} the evidence, {@code index/} derived, {@code
 * state/} the console's database, {@code exposure/} derived, {@code spool/} accepted and not yet
 * appended, {@code keys/} secrets, {@code tls/} the certificate that senders trust, {@code run/}
 * sockets and ports of the running server, {@code logs/} what the program itself wrote, {@code
 * clients/} what clients of the store are given, {@code store/} what is known of a store elsewhere.
 */
record DataFolder(Path root) {

  Path index() {
    return root.resolve("index");
  }

  Path spool() {
    return root.resolve("spool");
  }

  Path state() {
    return root.resolve("state");
  }

  /** Readable by whoever sends over TLS. */
  Path authority() {
    return root.resolve("tls").resolve("authority.pem");
  }

  Path ingestToken() {
    return root.resolve("keys").resolve("ingest-token");
  }

  /** Under which persons are told apart, unless the configuration names another key. */
  Path subjectKey() {
    return root.resolve("keys").resolve("subject-key");
  }

  /** What the exposure ledger counted: derived from the log. */
  Path exposure() {
    return root.resolve("exposure");
  }

  /** What belongs to the running server alone. */
  Path run() {
    return root.resolve("run");
  }

  /** Unix socket paths are limited to about 100 bytes, so this one is kept short. */
  Path controlSocket() {
    return run().resolve("control.sock");
  }

  /** Facts that detection reasons with: persons, vendors, data sets, calendar. */
  Path context() {
    return root.resolve("context.yaml");
  }

  /** What the console's own runs of checks look at, unless the settings name another file. */
  Path checkTargets() {
    return root.resolve("checks").resolve("targets.yaml");
  }

  /** Files of the console's own runs of checks. */
  Path checkRuns() {
    return root.resolve("checks").resolve("runs");
  }

  /** Control catalogues of the site. */
  Path frameworks() {
    return root.resolve("frameworks");
  }

  /** Thresholds that the site puts before those of the built-in rules. */
  Path thresholds() {
    return root.resolve("thresholds.yaml");
  }

  /** Sigma rules of the site. */
  Path rules() {
    return root.resolve("rules");
  }

  /** Who may do what at the store. */
  Path storeClients() {
    return root.resolve("store-clients.yaml");
  }

  /** The folder that is carried to a client of the store. */
  Path storeClient(String name) {
    return root.resolve("clients").resolve(name);
  }

  /** The last checkpoint that was verified of a store elsewhere. */
  Path storeMemory() {
    return root.resolve("store").resolve("checkpoint");
  }
}
