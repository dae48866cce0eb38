// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Waivers: what does not conform and is accepted for a time, signed by two persons. The file is a
 * signed note (C2SP) whose text is YAML:
 *
 * <pre>
 * waivers:
 *   - check: linux.kernel.forwarding
 *     target: gateway-1        # or * for all
 *     reason: it is a gateway
 *     until: 2027-03-31        # the last day, in China's time
 *
 * — zhang.san BASE64
 * — li.si BASE64
 * </pre>
 *
 * Whoever changes a letter of it needs both signatures anew.
 */
@NullMarked
package org.citywall.compliance.waiver;

import org.jspecify.annotations.NullMarked;
