// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Collectors: what can be learned of a target, as facts. Each has a name and typed arguments; none
 * runs anything that a check says.
 */
@NullMarked
package org.citywall.compliance.collect;

import org.jspecify.annotations.NullMarked;
