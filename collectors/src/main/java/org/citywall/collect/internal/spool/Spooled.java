// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

/**
 * A durable record.
 *
 * @param index its number in the spool, from 0
 * @param payload kind and canonical event, as the package documentation says
 */
public record Spooled(long index, byte[] payload) {}
