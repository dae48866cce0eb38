// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.time.Instant;

/**
 * User and password of a database.
 *
 * @param validUntil when the store that made the login removes it, unless it is renewed before
 */
public record DatabaseLogin(String user, Sensitive<String> password, Instant validUntil) {}
