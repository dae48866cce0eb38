// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Fakes and fixtures for tests of the console. */
@NullMarked
package org.citywall.console.testing;

import org.jspecify.annotations.NullMarked;
