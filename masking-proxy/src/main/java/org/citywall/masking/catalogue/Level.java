// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/**
 * A level of a scheme.
 *
 * @param number from 1, the least sensitive
 * @param name as the scheme's document has it
 * @param opening how data of this level may be opened to the public unless a table says otherwise
 */
public record Level(int number, String name, Opening opening) {}
