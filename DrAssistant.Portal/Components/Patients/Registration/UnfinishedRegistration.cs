using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>
/// A registration that was left before it was saved. It waits in the open tab's memory on the server and nowhere else: a browser's own
/// storage would keep a patient's data after signing out. It is offered, never put into the next patient's form by itself.
/// </summary>
public sealed class UnfinishedRegistration
{
    public PatientDraft? Draft { get; private set; }

    public DateTimeOffset At { get; private set; }

    public void Keep(PatientDraft draft, DateTimeOffset at) => (Draft, At) = (draft, at);

    public void Forget() => Draft = null;
}
