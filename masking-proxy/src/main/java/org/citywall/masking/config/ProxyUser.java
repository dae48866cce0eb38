// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import org.citywall.masking.identity.Application;
import org.citywall.masking.policy.Person;
import org.citywall.masking.wire.ClientCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom the proxy knows. Who has neither password nor certificate cannot log in, and is
 * named by applications only.
 *
 * @param certificate that the client has to show
 * @param application how it names the people behind its statements; null for a person
 */
public record ProxyUser(
    Person person,
    @Nullable ConfiguredSecret password,
    @Nullable ClientCertificate certificate,
    @Nullable Application application) {}
