// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * From a source to the evidence log: listeners, parsers, spool. {@link
 * org.citywall.collect.Collectors} is the running whole; {@link
 * org.citywall.collect.ParserCatalogue} gives the parsers alone.
 *
 * <p>What a sender was told is durable, is: a RELP response and an HTTP 2xx are sent after the
 * event is in the fsynced spool. Nothing is dropped: a record that no parser understands becomes an
 * event of kind {@code pipeline_error} with its exact bytes.
 */
@NullMarked
package org.citywall.collect;

import org.jspecify.annotations.NullMarked;
