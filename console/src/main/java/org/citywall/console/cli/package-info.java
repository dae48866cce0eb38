// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The command line and the composition root: the only place that reads arguments, prints, takes the
 * system clock and puts the modules together.
 */
@NullMarked
package org.citywall.console.cli;

import org.jspecify.annotations.NullMarked;
