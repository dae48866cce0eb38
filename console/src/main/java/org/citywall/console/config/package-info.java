// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Builds the console's objects and runs them as a Spring Boot application. */
@NullMarked
package org.citywall.console.config;

import org.jspecify.annotations.NullMarked;
