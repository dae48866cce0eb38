// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

import "./keys.js";
import "./live.js";
import "./triage.js";
import "./brush.js";
import "./suggest.js";
import "./toast.js";
