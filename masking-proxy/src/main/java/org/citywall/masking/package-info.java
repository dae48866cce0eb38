// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Decides who may see which column and rewrites SQL so that nobody sees more. */
@NullMarked
package org.citywall.masking;

import org.jspecify.annotations.NullMarked;
