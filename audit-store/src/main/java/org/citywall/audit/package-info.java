// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The record of what happened: events, the append-only evidence log, the index behind it and the
 * keys that protect them. This package holds what every module shares about failure: error codes
 * and the one exception that carries them.
 */
@NullMarked
package org.citywall.audit;

import org.jspecify.annotations.NullMarked;
