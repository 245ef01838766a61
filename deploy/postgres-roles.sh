#!/bin/bash
# Runs once, when the volume is new: the three log-ins of the portal and its database.
# clinic_owner owns the schema, clinic_app acts for people under row-level security, clinic_worker does background work.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname postgres \
  --set owner="$CLINIC_OWNER_PASSWORD" --set app="$CLINIC_APP_PASSWORD" --set worker="$CLINIC_WORKER_PASSWORD" <<'SQL'
CREATE ROLE clinic_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE clinic_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE ROLE clinic_worker LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'worker';
CREATE DATABASE clinic OWNER clinic_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE CONNECT ON DATABASE clinic FROM PUBLIC;
GRANT CONNECT ON DATABASE clinic TO clinic_app, clinic_worker;
\connect clinic
ALTER SCHEMA public OWNER TO clinic_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
