// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The data catalogue: which data sets exist, who answers for them, and how sensitive each column
 * is.
 */
@NullMarked
package org.citywall.masking.catalogue;

import org.jspecify.annotations.NullMarked;
