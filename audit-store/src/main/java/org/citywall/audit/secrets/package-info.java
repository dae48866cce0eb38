// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Keys, credentials and TLS material, and the wrapper that keeps them out of logs. */
@NullMarked
package org.citywall.audit.secrets;

import org.jspecify.annotations.NullMarked;
