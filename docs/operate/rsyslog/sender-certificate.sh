#!/bin/sh
# Makes the certificate of one sender, and in an empty folder the authority that signs senders first.
#
#   sender-certificate.sh FOLDER NAME
#
# FOLDER/authority.pem   goes to Citywall: client-authorities in citywall.yaml
# FOLDER/authority.key   stays where it is made, off every server: whoever has it can be any sender
# FOLDER/NAME.pem, .key  go to the sender; Citywall calls it CN=NAME
set -eu
folder=$1
name=$2
umask 077
mkdir -p "$folder"

if [ ! -e "$folder/authority.key" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
    -subj "/CN=senders of Citywall" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -keyout "$folder/authority.key" -out "$folder/authority.pem" 2>/dev/null
fi

openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
  -keyout "$folder/$name.key" -out "$folder/$name.csr" 2>/dev/null
cat >"$folder/$name.ext" <<END
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
END
openssl x509 -req -in "$folder/$name.csr" -days 397 -CA "$folder/authority.pem" -CAkey "$folder/authority.key" \
  -CAcreateserial -extfile "$folder/$name.ext" -out "$folder/$name.pem" 2>/dev/null
rm "$folder/$name.csr" "$folder/$name.ext"
