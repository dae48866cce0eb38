// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Listeners: syslog over TCP and TLS, RELP, JSON lines over HTTP. */
@NullMarked
package org.citywall.collect.internal.listen;

import org.jspecify.annotations.NullMarked;
