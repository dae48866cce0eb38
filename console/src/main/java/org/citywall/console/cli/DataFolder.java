// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;

/**
 * Where things are in a data folder: {@code log/} the evidence, {@code index/} derived, {@code
 * state/} the console's database, {@code spool/} accepted and not yet appended, {@code keys/}
 * secrets, {@code tls/} the certificate that senders trust, {@code run/} sockets and ports of the
 * running server, {@code logs/} what the program itself wrote, {@code clients/} what clients of the
 * store are given, {@code store/} what is known of a store elsewhere.
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
