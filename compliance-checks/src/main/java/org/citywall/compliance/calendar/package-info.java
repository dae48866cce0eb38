// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Periods that law and rules set, as versioned data. */
@NullMarked
package org.citywall.compliance.calendar;

import org.jspecify.annotations.NullMarked;
