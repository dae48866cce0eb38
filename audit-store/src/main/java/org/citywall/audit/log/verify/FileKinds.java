// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Looks for what is neither a file nor a folder. A link may show the verifier other bytes than
 * everybody else sees, and reading a pipe or a device may never end: none of them is opened.
 */
final class FileKinds extends SimpleFileVisitor<Path> {

  private final Path root;
  private final Findings findings;
  private boolean regular = true;

  private FileKinds(Path root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  /** Whether there are only files and folders below this one; names what else there is. */
  static boolean areRegular(Path root, Findings findings) throws IOException {
    FileKinds kinds = new FileKinds(root, findings);
    Files.walkFileTree(root, kinds);
    return kinds.regular;
  }

  /** Whether this file can be read without following a link. */
  static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      regular = false;
      findings.missing(
          root.relativize(file).toString(), -1, -1, "a link or special file, which is not read");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    // A running writer may have removed it.
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? super.visitFileFailed(file, e)
        : FileVisitResult.CONTINUE;
  }
}
