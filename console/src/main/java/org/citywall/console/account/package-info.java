// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** People who use the console: their accounts, roles, passwords and log-ins. */
@NullMarked
package org.citywall.console.account;

import org.jspecify.annotations.NullMarked;
