// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.file.Path;
import org.citywall.audit.log.TreeHash;

/** Where the files of a tree are, as the format of the log says. */
final class Trees {

  private Trees() {}

  /** Name of the tree's folder below the log's. */
  static String folder(TreeHash tree) {
    return switch (tree) {
      case SHA_256 -> "tlog";
      case SM3 -> "sm3";
    };
  }

  static Path tiles(Path root, TreeHash tree) {
    return root.resolve(folder(tree)).resolve("tile");
  }

  static Path checkpoint(Path root, TreeHash tree) {
    return root.resolve(folder(tree)).resolve("checkpoint");
  }
}
