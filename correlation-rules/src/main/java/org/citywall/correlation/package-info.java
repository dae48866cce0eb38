// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Turns durable events into signals and alerts: matchers, keyed windows and rule sessions. */
@NullMarked
package org.citywall.correlation;

import org.jspecify.annotations.NullMarked;
