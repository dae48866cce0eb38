// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the proxy decided and what came of it, as entries of the evidence log: a decision before its
 * statement leaves, a completion behind it. Statements are kept without the values in them.
 */
@NullMarked
package org.citywall.masking.record;

import org.jspecify.annotations.NullMarked;
