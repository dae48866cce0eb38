// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;
import org.citywall.audit.secrets.Sensitive;
import org.jspecify.annotations.Nullable;

/**
 * A login of the proxy at the database.
 *
 * @param left how long the database knows it from now on, unless its lender extends that; null
 *     where it stays
 */
public record BackendUser(String name, Sensitive<String> password, @Nullable Duration left) {}
