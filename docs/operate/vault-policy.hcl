# What a Citywall needs in Vault, with the mounts of its defaults: transit, kv, database.

# Keys are made at the first start; /rotate, /config and /trim of this path rotate and retire them.
# Where the running server must not do that, add for each key an exact path, which wins over a pattern:
#   path "transit/keys/citywall-sign-checkpoint/rotate" { capabilities = ["deny"] }
path "transit/keys/citywall-*" {
  capabilities = ["create", "read", "update"]
}
path "transit/sign/citywall-*" {
  capabilities = ["update"]
}
path "transit/encrypt/citywall-*" {
  capabilities = ["update"]
}
path "transit/decrypt/citywall-*" {
  capabilities = ["update"]
}
path "transit/rewrap/citywall-*" {
  capabilities = ["update"]
}

# SM2 and TLS keys, wrapped
path "kv/data/citywall/keys/*" {
  capabilities = ["create", "read", "update"]
}
path "kv/destroy/citywall/keys/*" {
  capabilities = ["update"]
}
path "kv/metadata/citywall/keys/*" {
  capabilities = ["list"]
}

# Secrets that configuration files name as ${vault:citywall/PATH#KEY}
path "kv/data/citywall/*" {
  capabilities = ["read"]
}

# Database logins, if there are any
path "database/creds/*" {
  capabilities = ["read"]
}
path "sys/leases/renew" {
  capabilities = ["update"]
}
path "sys/leases/revoke" {
  capabilities = ["update"]
}
