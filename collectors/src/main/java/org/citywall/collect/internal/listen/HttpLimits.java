// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

/**
 * What a request may bring.
 *
 * @param bodyBytes of a body, before and after decompression
 * @param lines of a body
 * @param recordBytes of a line
 * @param requests served at a time
 */
public record HttpLimits(int bodyBytes, int lines, int recordBytes, int requests) {}
