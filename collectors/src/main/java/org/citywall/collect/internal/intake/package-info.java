// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Between listeners and the log: order, identity, duplicates, gaps, silence, ticks. */
@NullMarked
package org.citywall.collect.internal.intake;

import org.jspecify.annotations.NullMarked;
