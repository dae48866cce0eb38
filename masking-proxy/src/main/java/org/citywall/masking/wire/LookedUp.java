// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.policy.LookUpRight;

/**
 * A value by which somebody is about to find rows.
 *
 * @param value whole, in its one writing
 */
public record LookedUp(LookUpRight right, Sensitive<String> value) {}
