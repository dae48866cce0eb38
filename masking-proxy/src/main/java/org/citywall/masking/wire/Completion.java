// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;
import org.citywall.audit.subject.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * How a statement ended.
 *
 * @param tag of the database, for example {@code SELECT 5}; empty where there is none
 * @param rows that went to the client
 * @param state SQLSTATE of the failure, empty where it succeeded
 * @param subjects whom its rows are about; null where nothing says that
 */
public record Completion(
    Decision decision,
    String tag,
    long rows,
    String state,
    Duration duration,
    @Nullable Subjects subjects) {}
