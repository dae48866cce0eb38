// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Says what would become of a statement of one person, without running it. */
@NullMarked
package org.citywall.masking.explain;

import org.jspecify.annotations.NullMarked;
