// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import org.jspecify.annotations.Nullable;

/**
 * A comparison that was made.
 *
 * @param path of the fact
 * @param operator as in the check
 * @param wanted as JSON
 * @param found as JSON, shortened; null where the fact is not there
 */
public record Remark(
    String path, String operator, String wanted, @Nullable String found, Truth truth) {}
