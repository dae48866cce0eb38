// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/**
 * What a load generator connects to.
 *
 * @param name in the table of figures
 */
record Target(String name, int port, String user, String password) {}
