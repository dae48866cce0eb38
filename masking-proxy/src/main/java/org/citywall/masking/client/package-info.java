// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an application with a pool of connections uses to name the person behind a statement to the
 * masking proxy. Depends on the JDK alone: the two classes can be copied into an application.
 *
 * <p>The format of a token is that of {@code org.citywall.masking.identity}.
 */
@NullMarked
package org.citywall.masking.client;

import org.jspecify.annotations.NullMarked;
