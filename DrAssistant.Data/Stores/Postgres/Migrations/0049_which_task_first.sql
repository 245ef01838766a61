-- What is urgent first, then what is late, then the rest; in each by priority. Urgent means now, so that nothing that is merely late stands before it; but what nobody asked to be
-- done now waits behind what is late. Used as ORDER BY task_rank(priority, due_date, now), due_date NULLS LAST, id.
CREATE FUNCTION task_rank(priority text, due timestamptz, at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN priority = 'urgent' THEN 0 WHEN due < at THEN 1 ELSE 2 END * 10 + urgency_rank(priority);
