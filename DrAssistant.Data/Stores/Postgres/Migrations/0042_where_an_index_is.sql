-- An index may be in Elasticsearch. A build says where it is: after a change of the setting it is built anew there, and the one before is
-- nobody's.
ALTER TABLE search_builds ADD COLUMN store varchar(20) NOT NULL DEFAULT 'postgres',
    ADD CONSTRAINT valid_store CHECK (store IN ('postgres', 'elasticsearch'));
