// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** What an installation of Citywall meets of the frameworks that it assesses others by. */
@NullMarked
package org.citywall.compliance.self;

import org.jspecify.annotations.NullMarked;
