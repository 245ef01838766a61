#!/bin/sh
# Makes the portal's role and user in Elasticsearch, again and again the same: the user may see how the cluster is, and make, read,
# write and drop the indices whose names begin with clinic-. It may read nobody else's.
set -eu
server=https://elasticsearch:9200

# JSON's own marks in a password are written as JSON has them.
quoted() { printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'; }

# By standard input, so that no password stands in a list of processes.
put() {
  curl --fail --silent --show-error --output /dev/null --cacert /certificates/ca.crt --config - --request PUT "$server/$1" \
    --header 'Content-Type: application/json' <<END
user = "elastic:$(quoted "$ELASTIC_PASSWORD")"
data-raw = "$(quoted "$2")"
END
}

put _security/role/clinic_app '{"cluster":["monitor"],"indices":[{"names":["clinic-*"],"privileges":["manage","read","write"]}]}'
put _security/user/clinic_app "{\"password\":\"$(quoted "$CLINIC_ELASTIC_PASSWORD")\",\"roles\":[\"clinic_app\"]}"
