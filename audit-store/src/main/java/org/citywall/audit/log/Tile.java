// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/**
 * A tile of the tree (C2SP tlog-tiles).
 *
 * @param level 0 for leaf hashes, 1 for roots of full tiles of level 0, ...
 * @param number index within the level
 * @param width hashes in it, 1..256; 256 is a full tile
 * @param hashes the hashes one after the other; may be longer than the width says
 */
record Tile(int level, long number, int width, byte[] hashes) {

  static final int WIDTH = 256;
}
