// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * A condition on rows, and whom it does not bind.
 *
 * @param unless who meets these needs sees rows whatever the condition says; null where it binds
 *     everybody
 */
public record RowRule(RowCondition condition, @Nullable Needs unless) {}
