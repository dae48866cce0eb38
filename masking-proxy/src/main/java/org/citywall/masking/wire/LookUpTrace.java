// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A value that was looked up, as the record keeps it.
 *
 * @param grant id of what allowed it
 * @param digest keyed, the same for the same value in every column; hexadecimal
 * @param subject hash of the value as a person's identifier; null where the column identifies none,
 *     or persons are not told apart
 */
public record LookUpTrace(
    TableName table, String column, String grant, String digest, @Nullable Long subject) {}
