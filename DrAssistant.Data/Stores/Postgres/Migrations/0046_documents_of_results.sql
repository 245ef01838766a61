-- A document may belong to one result, such as the report on which the value was printed.
ALTER TABLE results ADD CONSTRAINT results_id_patient UNIQUE (id, patient_id);

-- Deferrable, so that a merge can file both rows anew.
ALTER TABLE patient_documents
    ADD COLUMN result_id uuid,
    ADD CONSTRAINT patient_documents_result FOREIGN KEY (result_id, patient_id) REFERENCES results (id, patient_id) DEFERRABLE INITIALLY IMMEDIATE;
CREATE INDEX idx_patient_documents_result ON patient_documents (result_id) WHERE result_id IS NOT NULL;
