// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.util.Optional;

/**
 * How much waits between the listeners and the log.
 *
 * @param depth records that are accepted and not yet in the log
 * @param bytes bytes that the spool occupies on disk or will within moments
 * @param capacityBytes bytes at which reading from sources stops
 * @param failure why the disk or the log refuses at the moment, empty when all is well
 */
public record SpoolStatus(long depth, long bytes, long capacityBytes, Optional<String> failure) {}
