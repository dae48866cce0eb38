// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** The state database and its outbox, which keeps state and evidence log in agreement. */
@NullMarked
package org.citywall.console.state;

import org.jspecify.annotations.NullMarked;
