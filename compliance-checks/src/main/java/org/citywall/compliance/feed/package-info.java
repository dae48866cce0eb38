// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where indicators of the city's index take their values from, as data: a feed counts what the
 * platform keeps, or says why it cannot and leaves the indicator to a person.
 */
@NullMarked
package org.citywall.compliance.feed;

import org.jspecify.annotations.NullMarked;
