#!/bin/sh
# An authority of this deployment's own, and a certificate for each store, so that nothing crosses the network in the clear.
# Runs once as a service of docker-compose.yml; what is there already and still valid for 30 days is kept.
#   certificates.sh FOLDER     FOLDER/authority and FOLDER/<store> are volumes
set -eu
umask 077
root=$1

# store:user that the store runs as in its image
stores="postgres:999 redis:999 mongo:999 elasticsearch:1000 minio:0"

valid() { openssl x509 -in "$1" -noout -checkend 2592000 >/dev/null 2>&1; }

authority=$root/authority
if ! valid "$authority/ca.crt"; then
  openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 1825 -subj "/CN=Dr. Assistant stores" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$authority/ca.key" -out "$authority/ca.crt" 2>/dev/null
  chmod 0644 "$authority/ca.crt"
  for entry in $stores; do rm -f "$root/${entry%%:*}/public.crt"; done
fi

for entry in $stores; do
  store=${entry%%:*} owner=${entry##*:}
  folder=$root/$store
  if valid "$folder/public.crt"; then continue; fi
  request=$(mktemp -d)
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$store" -keyout "$folder/private.key" -out "$request/csr" 2>/dev/null
  printf 'subjectAltName=DNS:%s,DNS:localhost\nextendedKeyUsage=serverAuth\n' "$store" >"$request/ext"
  openssl x509 -req -in "$request/csr" -CA "$authority/ca.crt" -CAkey "$authority/ca.key" -CAcreateserial \
    -sha256 -days 825 -extfile "$request/ext" -out "$folder/public.crt" 2>/dev/null
  cat "$folder/private.key" "$folder/public.crt" >"$folder/both.pem"
  cp "$authority/ca.crt" "$folder/ca.crt"
  chown "$owner:$owner" "$folder/private.key" "$folder/public.crt" "$folder/both.pem" "$folder/ca.crt"
  chmod 0644 "$folder/public.crt" "$folder/ca.crt"
  chmod 0755 "$folder"
  rm -r "$request"
  echo "Certificate for $store made."
done

# The portal needs the authority's certificate and none of the keys.
install -m 0644 "$authority/ca.crt" "$root/portal/ca.crt"
chmod 0755 "$root/portal"
