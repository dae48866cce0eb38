// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.ssh;

import org.citywall.compliance.collect.Host;

/** All commands that are ever run on a host, for what no file tells. */
enum SshCommand {
  /** The packages of a host with RPM, whose database is binary. */
  RPM_LIST(Host.RPM_LIST, "rpm -qa --qf '%{NAME} %{VERSION}-%{RELEASE}\\n'");

  private final String path;
  private final String line;

  SshCommand(String path, String line) {
    this.path = path;
    this.line = line;
  }

  /** The file in the place of which it is run where that is missing. */
  String path() {
    return path;
  }

  String line() {
    return line;
  }
}
