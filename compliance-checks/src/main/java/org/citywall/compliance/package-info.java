// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Checks controls, keeps the evidence for each result and scores it. */
@NullMarked
package org.citywall.compliance;

import org.jspecify.annotations.NullMarked;
