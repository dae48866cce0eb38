// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Incidents: what detection raised, who answers for it and how it ended. Every change is one
 * transaction of the state database and one entry of the evidence log.
 */
@NullMarked
package org.citywall.console.incident;

import org.jspecify.annotations.NullMarked;
