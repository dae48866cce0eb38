// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The search index: a cache of the evidence log that can be deleted and rebuilt. {@link
 * org.citywall.audit.index.EventIndex} is the port, {@code .lucene} the default behind it.
 */
@NullMarked
package org.citywall.audit.index;

import org.jspecify.annotations.NullMarked;
