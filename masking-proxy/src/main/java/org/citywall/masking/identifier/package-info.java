// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Chinese identifiers: which texts are well formed, how their check digits are computed, and how to
 * make examples. Every check works on the text alone: a valid text may still belong to nobody.
 */
@NullMarked
package org.citywall.masking.identifier;

import org.jspecify.annotations.NullMarked;
