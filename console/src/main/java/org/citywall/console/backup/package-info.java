// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Backups of a whole data folder, and the trial of restoring one.
 *
 * <h2>Order</h2>
 *
 * A backup reads the files itself, also while a server writes them, and asks the server over the
 * control socket only for what it alone can do. The order makes the parts agree:
 *
 * <ol>
 *   <li>the spool: what was acknowledged before is in this copy or in the log;
 *   <li>other files, among them what others vouched for about the log so far;
 *   <li>the console's state, and while no change can be made a checkpoint: the state knows nothing
 *       that the log of this checkpoint lacks, and lacks nothing that it tells of the console;
 *   <li>the log up to its last checkpoint.
 * </ol>
 *
 * <h2>What is in it</h2>
 *
 * Everything below the data folder but for {@code index} and {@code tls}, which are made again, for
 * {@code run}, {@code logs} and {@code demo/database}, which belong to a process, and for {@code
 * keys} unless asked for. A file that a later version adds is in it by this rule, and must
 * therefore be replaced as a whole or only appended to.
 */
@NullMarked
package org.citywall.console.backup;

import org.jspecify.annotations.NullMarked;
