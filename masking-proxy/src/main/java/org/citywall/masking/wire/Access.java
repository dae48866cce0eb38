// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/**
 * A session of somebody who has logged in.
 *
 * @param id of the session, unique
 * @param address of the client, without port
 * @param application as the client names itself, which proves nothing
 */
public record Access(
    String id, Account account, String address, String database, String application) {}
