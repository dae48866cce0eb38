// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Composes the platform and shows it to people: web pages, commands, incidents. */
@NullMarked
package org.citywall.console;

import org.jspecify.annotations.NullMarked;
