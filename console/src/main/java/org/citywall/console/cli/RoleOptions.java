// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of the platform this process is, and how it finds the store or is found as one. */
final class RoleOptions {

  private static final Set<String> STORE = Set.of("store");
  private static final Set<String> REST = Set.of("collect", "correlate", "console");
  private static final Set<String> ALL = Set.of("collect", "store", "correlate", "console");

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      description =
          "store, or collect,correlate,console with --store; default: all of them in this process")
  @Nullable List<String> roles;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "https://HOST:PORT of the store, where this process is none")
  @Nullable URI store;

  @Option(
      names = "--store-credentials",
      paramLabel = "DIR",
      description = "folder that the store made for this client")
  @Nullable Path credentials;

  @Option(
      names = "--store-port",
      paramLabel = "N",
      description = "port of the store, where this process is one (default: 9443)")
  int storePort = 9443;

  @Option(
      names = "--store-host",
      paramLabel = "NAME",
      description = "name or address by which clients reach the store; may be repeated")
  List<String> storeHosts = List.of();

  boolean isStore() {
    return roles != null && Set.copyOf(roles).equals(STORE);
  }

  /** Where the log is, for a process that is not just the store. */
  OpenedLog.Source log() {
    Set<String> wanted = roles == null ? store == null ? ALL : REST : Set.copyOf(roles);
    if (wanted.equals(ALL) && store == null) {
      return OpenedLog.OWN;
    }
    if (!wanted.equals(REST)) {
      throw invalid("--roles is 'store' or 'collect,correlate,console'; others are not built yet");
    }
    if (store == null || credentials == null) {
      throw invalid("without the role store, --store and --store-credentials say where it is");
    }
    if (!"https".equals(store.getScheme()) || store.getHost() == null) {
      throw invalid("--store is https://HOST:PORT, not " + store);
    }
    return OpenedLog.at(store, credentials);
  }

  private static PlatformException invalid(String detail) {
    return new PlatformException(CliErrorCode.CONFIGURATION_INVALID, detail);
  }
}
