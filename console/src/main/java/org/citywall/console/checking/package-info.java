// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs of checks that the console makes itself, on demand and by a schedule.
 *
 * <p>One run goes on at a time. Its results are written to {@code checks/runs/RUN-NNNN.jsonl} of
 * the data folder as they come, in the format of {@code org.citywall.compliance.check.ResultLines};
 * a run that was broken off goes on at the next start with what it lacks. When every target was
 * looked at, the results are fed to the open rounds of the systems that the targets belong to, and
 * an entry of the log ({@code compliance-checks-run}) tells the SHA-256 of the file.
 */
@NullMarked
package org.citywall.console.checking;

import org.jspecify.annotations.NullMarked;
