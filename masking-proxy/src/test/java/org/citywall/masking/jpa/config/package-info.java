// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** An ordinary application with Spring Data and Hibernate, as it uses the proxy. */
@NullMarked
package org.citywall.masking.jpa.config;

import org.jspecify.annotations.NullMarked;
