// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.citywall.audit.anchor.AnchorSettings;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.KeyVaultChoice;
import org.citywall.collect.TlsPolicy;
import org.citywall.console.config.WebListener;
import org.citywall.console.detection.RuleFolders;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps its data and listens. An option of the command line wins over {@code
 * citywall.yaml}, which wins over the default.
 *
 * @param consoleTls what the console shows; null for plain HTTP, on loopback only
 * @param relpTlsPort off where it is empty, which is the default
 * @param hostNames names and addresses by which senders know this machine, beside localhost
 * @param tls what TLS ports ask of senders
 * @param origin name of the log in its checkpoints (C2SP tlog-checkpoint), fixed at first start
 * @param keys where keys are kept, fixed at first start too
 * @param anchors who vouches for the log, or null where nobody does
 * @param retention how long payloads are kept at least; has a meaning where the log is kept here
 * @param rules where the site's Sigma rules are
 * @param frameworks files and folders of the site's control catalogues
 * @param reportFont font of PDF reports; null for the first usual one that is installed
 * @param exposure under which keys persons are told apart
 * @param checks with what the console's checks are made
 */
record ServerConfig(
    DataFolder data,
    String bind,
    String consoleBind,
    int consolePort,
    @Nullable ConsoleTls consoleTls,
    int syslogPort,
    int syslogTlsPort,
    int relpPort,
    OptionalInt relpTlsPort,
    int ingestPort,
    List<String> hostNames,
    TlsPolicy tls,
    String origin,
    KeyVaultChoice keys,
    @Nullable AnchorSettings anchors,
    RetentionPolicy retention,
    RuleFolders rules,
    List<Path> frameworks,
    @Nullable Path reportFont,
    ExposureConfig exposure,
    CheckConfig checks) {

  static ServerConfig of(ServerOptions options, @Nullable Path file, String defaultData) {
    ServerYaml yaml = file == null ? ServerYaml.absent() : ServerYaml.read(file);
    Path data = options.data != null ? options.data : Path.of(yaml.text("data", defaultData));
    String consoleBind =
        options.consoleBind != null ? options.consoleBind : yaml.text("console-bind", "127.0.0.1");
    DataFolder folder = new DataFolder(data.toAbsolutePath().normalize());
    return new ServerConfig(
        folder,
        options.bind != null ? options.bind : yaml.text("bind", "127.0.0.1"),
        consoleBind,
        yaml.port(options.consolePort, "console-port", 8080),
        yaml.consoleTls(address("console-bind", consoleBind)),
        yaml.port(options.syslogPort, "syslog-port", 5514),
        yaml.port(options.syslogTlsPort, "syslog-tls-port", 6514),
        yaml.port(options.relpPort, "relp-port", 2514),
        yaml.port(options.relpTlsPort, "relp-tls-port"),
        yaml.port(options.ingestPort, "ingest-port", 8081),
        yaml.texts("host-names"),
        yaml.tlsPolicy(),
        yaml.text("origin", "localhost/citywall/audit"),
        yaml.keys(),
        yaml.anchors(),
        yaml.retention(),
        yaml.rules(folder.rules()),
        yaml.frameworks(folder.frameworks()),
        yaml.reportFont(),
        yaml.exposure(),
        yaml.checks(folder.checkTargets()));
  }

  /** The address to listen on; a name is looked up. */
  InetAddress bindAddress() {
    return address("bind", bind);
  }

  /** Where the console listens, and with what; its own certificate is issued by the vault. */
  WebListener consoleListener(KeyVault vault) {
    InetAddress address = address("console-bind", consoleBind);
    if (consoleTls == null) {
      return new WebListener(address, consolePort, address.getHostAddress(), null);
    }
    String name =
        hostNames.isEmpty()
            ? address.isAnyLocalAddress() ? "localhost" : address.getHostAddress()
            : hostNames.getFirst();
    return new WebListener(
        address, consolePort, name, consoleTls.identity(vault, consoleNames(address)));
  }

  private List<String> consoleNames(InetAddress address) {
    List<String> names = new ArrayList<>(hostNames);
    if (!address.isAnyLocalAddress() && !names.contains(address.getHostAddress())) {
      names.add(address.getHostAddress());
    }
    return names;
  }

  private static InetAddress address(String key, String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw ServerYaml.invalid(key + ": '" + name + "' is no address of this machine", e);
    }
  }
}
