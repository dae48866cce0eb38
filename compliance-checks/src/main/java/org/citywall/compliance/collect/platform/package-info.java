// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** The platform as a target: what it tells of itself, through a port that the console fills. */
@NullMarked
package org.citywall.compliance.collect.platform;

import org.jspecify.annotations.NullMarked;
