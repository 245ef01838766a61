using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.Accounts;

internal sealed partial class StaffAccountService
{
    private async Task<Result<AccountView>> ChangeAsync(AccountAct act, AccountDraft draft, CancellationToken cancellation)
    {
        var person = act.Person;
        if ((person.ConcurrencyStamp ?? "") != (draft.Seen ?? ""))
        {
            return Refusal.Conflict("Somebody else changed this account meanwhile. Look at it again; what you typed is kept.");
        }

        if (draft.Role != person.Role && act.IsLastAdmin)
        {
            return LastAdmin with { Field = nameof(AccountDraft.Role) };
        }

        if (draft.Role != person.Role && person.Role is StaffRole.Doctor && await leaving.AppointmentsAsync(act, cancellation) is > 0 and var booked)
        {
            return Refusal.Invalid(FormattableString.Invariant($"{booked} appointments are still booked with this doctor. Move them first."), nameof(AccountDraft.Role));
        }

        var (before, role) = (AccountRules.Fields(person), person.Role);
        Name(person, draft);
        AccountRules.Fill(person, draft);
        var changes = before.Zip(AccountRules.Fields(person)).Where(f => f.First.Value != f.Second.Value)
            .Select(f => new FieldChange(f.First.Field, f.First.Value, f.Second.Value)).ToList();
        act.Note(AuditAction.Update, "user.save", person.Id, changes);
        if (role != person.Role)
        {
            await acts.EndSessionsAsync(person, "role changed", cancellation);
        }

        return await SavedAsync(act, cancellation);
    }
}
