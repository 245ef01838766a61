-- A task may wait for a role ("any nurse") and may be put off; who changed it last is told to whoever comes too late.
ALTER TABLE tasks
    ADD COLUMN assigned_role varchar(20),
    ADD COLUMN snoozed_until timestamptz,
    ADD COLUMN changed_by    uuid REFERENCES users (id);
ALTER TABLE tasks
    ADD CONSTRAINT valid_assigned_role CHECK (assigned_role IN ('doctor', 'nurse', 'receptionist', 'admin')),
    ADD CONSTRAINT task_for_one CHECK (assigned_to IS NULL OR assigned_role IS NULL);
CREATE INDEX idx_tasks_role_open ON tasks (assigned_role, due_date) WHERE assigned_role IS NOT NULL AND status IN ('pending', 'in_progress');

-- The database says who it was: nobody can put another person's name there, and the version before this one need not know of it.
-- What the house itself does (a merge, a hand-over) is nobody's act, and shows a task to nobody.
CREATE FUNCTION task_changed_by() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.changed_by := CASE WHEN current_user = 'clinic_app' THEN clinic_user() END;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION task_changed_by() FROM PUBLIC;
CREATE TRIGGER tasks_changed_by BEFORE INSERT OR UPDATE OF title, description, assigned_to, assigned_role, due_date, snoozed_until, priority, status, task_type
    ON tasks FOR EACH ROW EXECUTE FUNCTION task_changed_by();

-- Of one's own role, and what one changed oneself last: who gives a task away can take it back until somebody else has touched it.
DROP POLICY tasks_read ON tasks;
DROP POLICY tasks_edit ON tasks;
CREATE POLICY tasks_read ON tasks FOR SELECT TO clinic_app
    USING (((SELECT clinic_role()) IS NOT NULL
            AND ((SELECT clinic_user()) IN (assigned_to, created_by, changed_by) OR assigned_role = (SELECT clinic_role())))
        OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = tasks.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY tasks_edit ON tasks FOR UPDATE TO clinic_app
    USING (((SELECT clinic_role()) IS NOT NULL
            AND ((SELECT clinic_user()) IN (assigned_to, created_by, changed_by) OR assigned_role = (SELECT clinic_role())))
        OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = tasks.patient_id AND (c.until IS NULL OR c.until > now())));
