// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The pages of the console: server-rendered HTML that works without script, with live updates and
 * keys where there is script. Controllers hold no state; what they show comes from the log, the
 * index and the services of the other console packages.
 */
@NullMarked
package org.citywall.console.web;

import org.jspecify.annotations.NullMarked;
