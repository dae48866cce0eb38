// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.OutputStream;

/** Stands between this package and the files it writes, so that tests can fill the disk. */
@FunctionalInterface
interface ArchiveDisk {

  /** The disk of this machine. */
  ArchiveDisk REAL = file -> file;

  OutputStream through(OutputStream file);
}
