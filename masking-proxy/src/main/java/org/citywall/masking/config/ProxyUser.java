// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import org.citywall.masking.policy.Person;

/** Somebody who may log in. */
public record ProxyUser(Person person, ConfiguredSecret password) {}
