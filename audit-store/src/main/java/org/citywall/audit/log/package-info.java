// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The append-only evidence log: entries, Merkle tree, checkpoints and proofs. The log is the truth;
 * everything else that holds events is derived from it and can be rebuilt.
 */
@NullMarked
package org.citywall.audit.log;

import org.jspecify.annotations.NullMarked;
