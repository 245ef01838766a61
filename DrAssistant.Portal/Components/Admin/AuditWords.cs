using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>Entries of the audit trail as a person reads them. The names of the entries stay as they are in the table that can be taken away.</summary>
internal static class AuditWords
{
    /// <summary>Those that a thing and a deed alone would not say well.</summary>
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["abha.reveal"] = "ABHA number shown in full",
        ["account.left-behind"] = "Work left behind by an account read",
        ["account.link"] = "Link to set a password made",
        ["alerts.mark-read"] = "Alerts marked as read",
        ["allergies.none"] = "No known allergies recorded",
        ["appointment.arrive"] = "Patient arrived",
        ["appointment.call"] = "Patient called in",
        ["appointment.miss"] = "Appointment marked as no-show",
        ["book.read"] = "Appointment book read",
        ["calendar.holiday"] = "Holidays changed",
        ["calendar.hours"] = "Working hours changed",
        ["calendar.leave"] = "Leave changed",
        ["catalogue.save-set"] = "Order set saved",
        ["chart.break-glass"] = "Glass broken to a chart",
        ["demo.fill"] = "Demonstration filled in",
        ["display.make-link"] = "Link of a display made",
        ["display.revoke-link"] = "Link of a display withdrawn",
        ["documents.list"] = "List of documents read",
        ["essentials.read"] = "Essentials beside a note read",
        ["growth.read"] = "Growth charts read",
        ["medications.read"] = "Medications of a patient read",
        ["merge.ask"] = "Merge asked for",
        ["note.addendum"] = "Addendum to a note signed",
        ["note.copy-forward"] = "Text of an earlier note copied",
        ["note.not-written"] = "Note could not be written",
        ["note.tampered"] = "Note does not match its hash",
        ["note.versions-read"] = "Versions of a note read",
        ["order.item"] = "Order changed",
        ["override-rates.read"] = "Rates of overrides read",
        ["patient.coming"] = "Visits to come of a patient read",
        ["patient.duplicates"] = "Likely duplicates looked for",
        ["patient.name-read"] = "Name of a patient read",
        ["prescription.initials"] = "Initials of a prescription read",
        ["prescription.interrupt"] = "Serious finding shown while prescribing",
        ["prescription.override"] = "Serious finding overridden",
        ["prescription.overrides"] = "Overrides read",
        ["prescription.stop-medicine"] = "Medicine stopped",
        ["record.search"] = "Everything searched",
        ["result-sender.make-key"] = "Key of a laboratory made",
        ["result-sender.revoke-key"] = "Key of a laboratory withdrawn",
        ["result.form"] = "Form for a result opened",
        ["result.review-undone"] = "Review of a result undone",
        ["results.inbox"] = "Results to review read",
        ["results.waiting"] = "Results to enter read",
        ["results.trend"] = "Trend of a test read",
        ["results.flowsheet"] = "Results over time read",
        ["recording.not-transcribed"] = "Recording could not be transcribed",
        ["session.read"] = "Own sessions read",
        ["sign-in.code-asked"] = "Code of the second factor asked for",
        ["sign-in.done"] = "Signed in",
        ["sign-in.failed"] = "Signing in failed",
        ["sign-in.refused"] = "Signing in refused",
        ["sign-out.done"] = "Signed out",
        ["staff.read"] = "List of staff read",
        ["unmatched-result.find-patient"] = "Patient for a result without an order looked for",
        ["unmatched-result.list"] = "Results without an order read",
        ["user.factor-reset"] = "Second factor of a user reset",
        ["user.password-reset"] = "Password of a user reset",
        ["user.password-set"] = "Password set",
        ["vitals.form"] = "Form for vital signs opened",
    };

    private static readonly Dictionary<string, string> Things = new(StringComparer.Ordinal)
    {
        ["audit"] = "Audit trail",
        ["dashboard"] = "Today's page",
        ["draft"] = "Draft from speech",
        ["drafts"] = "Notes to sign",
        ["encounter"] = "Visit",
        ["encounters"] = "Visits",
        ["icd10"] = "List of diagnoses",
        ["note-text"] = "Text of one's own",
        ["preferences"] = "Own settings",
        ["unmatched-result"] = "Result without an order",
        ["user"] = "User",
        ["vitals"] = "Vital signs",
    };

    private static readonly Dictionary<string, string> Deeds = new(StringComparer.Ordinal)
    {
        ["begin"] = "begun",
        ["call-again"] = "called again",
        ["cancel"] = "cancelled",
        ["drop"] = "dropped",
        ["edit"] = "edited",
        ["entered-in-error"] = "marked as entered in error",
        ["escalate"] = "passed on, not answered",
        ["export"] = "taken out as a table",
        ["keep"] = "kept",
        ["listen"] = "listened to",
        ["make"] = "made",
        ["read"] = "read",
        ["reassign"] = "given to somebody else",
        ["send"] = "sent",
        ["set"] = "set",
        ["undo"] = "undone",
        ["withdraw"] = "withdrawn",
        ["write"] = "written",
    };

    /// <summary>What happened: <c>Prescription signed</c> for <c>prescription.sign</c>. A name that is new reads well enough by itself.</summary>
    public static string Of(string name)
    {
        if (Whole.TryGetValue(name, out var words))
        {
            return words;
        }

        var (thing, deed) = name.IndexOf('.', StringComparison.Ordinal) is > 0 and var at ? (name[..at], name[(at + 1)..]) : (name, "");
        return $"{Things.GetValueOrDefault(thing) ?? Words.Sentence(thing.Replace('-', ' '))} {Done(deed)}".TrimEnd();
    }

    /// <summary>The role as the rest of the portal calls it.</summary>
    public static string Role(string? role) => Enum.TryParse<StaffRole>(role, ignoreCase: true, out var known) ? Words.Of(known) : Words.Sentence(role ?? "");

    /// <summary>To the second: an order of deeds is what one looks for here. <c>05-Nov-2026 09:05:07</c>.</summary>
    public static string Moment(DateTimeOffset at, ClinicClock clock) => clock.Local(at).ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Done(string deed) => deed switch
    {
        "" => "",
        _ when Deeds.TryGetValue(deed, out var done) => done,
        _ when deed.Contains('-', StringComparison.Ordinal) || deed.EndsWith("ed", StringComparison.Ordinal) => deed.Replace('-', ' '),
        [.., 'e'] => deed + "d",
        [.. { Length: > 0 } stem, 'y'] when !"aeiou".Contains(stem[^1], StringComparison.Ordinal) => stem + "ied",
        _ => deed + "ed",
    };
}
