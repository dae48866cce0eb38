// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Whose data left, and by whom: the exposure ledger beside a running server, and what a resident
 * can be told about accesses to their own record (谁看过我).
 */
@NullMarked
package org.citywall.console.exposure;

import org.jspecify.annotations.NullMarked;
