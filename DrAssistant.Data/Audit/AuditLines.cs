namespace DrAssistant.Data.Audit;

/// <summary>Entries of the trail as they are shown, the latest first: of a patient the number alone.</summary>
internal static class AuditLines
{
    public const string SignedIn = "sign-in.done";

    public static IQueryable<AuditLine> Of(ClinicDb db, IQueryable<AuditEvent> events)
        => from e in events
           // Whoever has just signed in was nobody yet when it was written down: the entry names the account.
           join u in db.Users on (e.ActorId ?? (e.Event == SignedIn ? e.ResourceId : null)) equals (Guid?)u.Id into actors
           from u in actors.DefaultIfEmpty()
           join n in db.PatientNames on e.PatientId equals (Guid?)n.PatientId into names
           from n in names.DefaultIfEmpty()
           orderby e.At descending, e.Id descending
           select new AuditLine(
               e.Id, e.At, u == null ? null : u.FullName, e.ActorRole, e.Event, e.Severity, e.Outcome,
               n == null ? null : n.Mrn, e.IpAddress == null ? null : e.IpAddress!.ToString(), e.Reason);
}
