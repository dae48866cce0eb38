// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Carries bytes from a source to an event: listeners, raw records, parsers and the spool between
 * them.
 */
@NullMarked
package org.citywall.collect;

import org.jspecify.annotations.NullMarked;
