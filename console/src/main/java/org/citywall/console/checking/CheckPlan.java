// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * With what the console makes runs of checks.
 *
 * @param targets read anew for each run; fails with the code of whoever reads them
 * @param folder where the files of runs are kept
 * @param limit how long one collection may take
 * @param atOnce targets at the same time, from 1
 * @param schedule when all targets are looked at; empty for on demand only
 */
public record CheckPlan(
    Supplier<List<ListedTarget>> targets,
    Path folder,
    Duration limit,
    int atOnce,
    Optional<CheckSchedule> schedule) {}
