// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Checks as data: what is collected from a target, what is asserted of it, and what came of it. A
 * check names a collector and its arguments; nothing in a check is ever executed.
 */
@NullMarked
package org.citywall.compliance.check;

import org.jspecify.annotations.NullMarked;
