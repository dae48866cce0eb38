// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/**
 * A signed statement of the log's size and root (C2SP tlog-checkpoint).
 *
 * @param origin identity of the log, first line of the note
 * @param size number of leaves, not negative
 * @param root RFC 6962 SHA-256 root, 32 bytes
 * @param note the whole signed note (C2SP signed-note), text and signature lines
 */
public record Checkpoint(String origin, long size, Hash root, String note) {}
