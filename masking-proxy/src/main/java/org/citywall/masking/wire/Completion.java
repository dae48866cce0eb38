// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;

/**
 * How a statement ended.
 *
 * @param tag of the database, for example {@code SELECT 5}; empty where there is none
 * @param rows that went to the client
 * @param state SQLSTATE of the failure, empty where it succeeded
 */
public record Completion(
    Decision decision, String tag, long rows, String state, Duration duration) {}
