// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Evidence bundles as people order them: by leaves, by a query or by an incident, on the command
 * line or from the console. What a bundle is says {@link org.citywall.audit.bundle}.
 */
@NullMarked
package org.citywall.console.evidence;

import org.jspecify.annotations.NullMarked;
