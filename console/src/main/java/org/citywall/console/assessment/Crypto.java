// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import org.jspecify.annotations.Nullable;

/**
 * What a technical unit of a cryptography assessment is judged by, of one object.
 *
 * @param effective D: cryptography is used and works
 * @param compliant A: algorithm and technique conform
 * @param keysManaged K: keys are managed safely
 * @param strength of the algorithm in bits, needed where A does not hold
 * @param moduleLevel level of the certified module, 0 for none
 */
public record Crypto(
    boolean effective,
    boolean compliant,
    boolean keysManaged,
    @Nullable Integer strength,
    int moduleLevel) {}
