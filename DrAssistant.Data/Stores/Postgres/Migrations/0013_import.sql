-- What a resource was when it came in: a later file that has it differently is told apart from one that repeats it.
ALTER TABLE imported_resources ADD COLUMN fingerprint bytea;
COMMENT ON COLUMN imported_resources.fingerprint IS 'keyed hash of the resource without meta and text; NULL for what stands for no resource';

CREATE INDEX idx_imported_resources_patient ON imported_resources (patient_id, target) WHERE patient_id IS NOT NULL;
