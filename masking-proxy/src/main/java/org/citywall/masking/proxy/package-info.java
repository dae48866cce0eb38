// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** The masking proxy as a whole: files, policy, wire and record of one process. */
@NullMarked
package org.citywall.masking.proxy;

import org.jspecify.annotations.NullMarked;
