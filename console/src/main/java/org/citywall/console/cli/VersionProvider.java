// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import picocli.CommandLine.IVersionProvider;

/** Version from the jar's manifest. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Citywall.class.getPackage().getImplementationVersion();
    return new String[] {
      "citywall " + (version == null ? "(development)" : version),
      "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
    };
  }
}
