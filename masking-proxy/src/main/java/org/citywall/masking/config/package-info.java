// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What {@code proxy.yaml} says, and the files it names, watched for changes.
 *
 * <p>A password is text of the file, of which nothing is printed; it is resolved when it is used,
 * so that who only explains a statement needs no secret, and a rotated one is found.
 */
@NullMarked
package org.citywall.masking.config;

import org.jspecify.annotations.NullMarked;
