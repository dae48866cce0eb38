// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Who may open which page: log-in, sessions, headers, roles. */
@NullMarked
package org.citywall.console.security;

import org.jspecify.annotations.NullMarked;
