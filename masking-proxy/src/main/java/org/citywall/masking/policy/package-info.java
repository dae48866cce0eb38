// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Who may see what: the answers that the rewriting of statements asks for. */
@NullMarked
package org.citywall.masking.policy;

import org.jspecify.annotations.NullMarked;
