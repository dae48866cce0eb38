// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Feeds durable entries to detection and turns what it raises into incidents. */
@NullMarked
package org.citywall.console.detection;

import org.jspecify.annotations.NullMarked;
