// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keeping and destroying payloads as people do it: orders of accounts that the console knows, and
 * what a server owes its log after a start.
 */
@NullMarked
package org.citywall.console.retention;

import org.jspecify.annotations.NullMarked;
