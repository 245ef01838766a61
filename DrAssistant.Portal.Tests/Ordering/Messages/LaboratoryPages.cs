using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Ordering.Messages;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

public sealed class LaboratoryPages : PageContext
{
    private readonly FakeDirectory _directory = new();
    private readonly FakeLaboratories _laboratories = new();
    private readonly FakeWorklist _worklist = new();

    public LaboratoryPages()
    {
        Services.AddSingleton<IProviders>(_directory);
        Services.AddSingleton<ILaboratories>(_laboratories);
        Services.AddSingleton<IUnmatchedResults>(_worklist);
    }

    [Fact]
    public void A_key_is_shown_once()
    {
        SignIn(StaffRole.Admin);
        var page = Render<LaboratoriesPage>();
        page.WaitForElement("#key-provider").Change(_directory.Lab.Id.ToString());
        page.Find("#key-name").Change("Main analyser");
        page.Find("form.new-display").Submit();

        page.WaitForAssertion(() => Assert.Equal("the-key-itself", page.Find("#sender-key").GetAttribute("value")));
        page.Find(".made .btn.text").Click();
        Assert.DoesNotContain("the-key-itself", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_says_what_became_of_it_and_why_messages_were_refused()
    {
        SignIn(StaffRole.Admin);
        var page = Render<LaboratoriesPage>();

        page.WaitForAssertion(() => Assert.Contains("7 filed, 2 of which some waits for a person, 1 refused", page.Markup, StringComparison.Ordinal));
        page.FindAll("button").First(b => b.TextContent.Contains("Why refused", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.Contains("Message 3 (G-3): It was cut.", page.Find(".refused-messages").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_provider_without_a_name_is_refused_beside_the_field_and_one_with_it_is_kept()
    {
        SignIn(StaffRole.Admin);
        var page = Render<LaboratoriesPage>();
        page.WaitForAssertion(() => page.FindAll("button").First(b => b.TextContent.Contains("New provider", StringComparison.Ordinal)).Click());

        page.Find("form.medicine-form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Give it a name", page.Markup, StringComparison.Ordinal));
        page.Find("#provider-name").Change("Asha Scans");
        page.Find("form.medicine-form").Submit();

        page.WaitForAssertion(() => Assert.Equal("Asha Scans", _directory.Added));
    }

    [Fact]
    public void A_report_without_a_place_is_filed_with_the_patient_found_by_two_identifiers()
    {
        SignIn(StaffRole.Nurse);
        var page = Render<UnmatchedPage>();
        page.WaitForAssertion(() => Assert.Contains("More than one order fits", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Meera Nair, Female, born 01-Feb-1980, DA26-005120-3", page.Markup, StringComparison.Ordinal);

        page.Find("[aria-label='Place TSH']").Click();
        page.Find("#placing-mrn").Change("DA26-005120-3");
        page.Find("#placing-born").Change("1980-02-01");
        page.Find(".placing-find").Submit();
        page.WaitForElement(".placing-choice input[type=radio]").Change(true);
        Assert.Contains("says something else", page.Markup, StringComparison.Ordinal);
        page.Find("#placing-reason").Change("Married and changed her name");
        page.Find(".placing-choice").Submit();

        page.WaitForAssertion(() => Assert.Equal((FakeWorklist.Item, "Married and changed her name"), _worklist.Attached));
        page.WaitForAssertion(() => Assert.Contains("Every result has its place.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Dismissing_asks_why()
    {
        SignIn(StaffRole.Doctor);
        var page = Render<UnmatchedPage>();
        page.WaitForElement("[aria-label='Dismiss TSH']").Click();
        page.Find("#dismiss-reason").Change("Meant for another practice");
        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Equal("Meant for another practice", _worklist.Dismissed));
    }

    private sealed class FakeDirectory : IProviders
    {
        public ProviderLine Lab { get; } = new(Guid.CreateVersion7(), "Ganga Diagnostics", ProviderKind.Laboratory, null, null, null, "GANGA", true, Day.Now);

        public string? Added { get; private set; }

        public Task<Result<IReadOnlyList<ProviderLine>>> ListAsync(bool withWithdrawn, CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<ProviderLine>>>(new[] { Lab });

        public Task<Result<ProviderLine>> AddAsync(ProviderDraft provider, CancellationToken cancellation)
        {
            if (string.IsNullOrEmpty(provider.Name))
            {
                return Task.FromResult<Result<ProviderLine>>(Refusal.Invalid("Give it a name.", nameof(provider.Name)));
            }

            Added = provider.Name;
            return Task.FromResult<Result<ProviderLine>>(Lab with { Name = provider.Name });
        }

        public Task<Result<ProviderLine>> ChangeAsync(Guid providerId, ProviderDraft provider, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(Lab);

        public Task<Result<ProviderLine>> WithdrawAsync(Guid providerId, string reason, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(Lab);

        public Task<Result<ProviderLine>> RestoreAsync(Guid providerId, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(Lab);
    }

    private sealed class FakeLaboratories : ILaboratories
    {
        private readonly List<SenderLine> _senders = [];

        public Task<Result<IReadOnlyList<SenderLine>>> SendersAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<SenderLine>>>(_senders);

        public Task<Result<NewSender>> MakeKeyAsync(Guid providerId, string name, CancellationToken cancellation)
        {
            _senders.Add(new SenderLine(Guid.CreateVersion7(), providerId, "Ganga Diagnostics", name, "Omar Khan", Day.Now, null, null));
            return Task.FromResult<Result<NewSender>>(new NewSender(_senders[^1], "the-key-itself"));
        }

        public Task<Result<SenderLine>> RevokeKeyAsync(Guid senderId, CancellationToken cancellation) => Task.FromResult<Result<SenderLine>>(_senders[0]);

        public Task<Result<IReadOnlyList<ResultFileLine>>> FilesAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<ResultFileLine>>>(new[]
        {
            new ResultFileLine(Guid.CreateVersion7(), "today.hl7", null, MessageFormat.Hl7v2, ResultFileStatus.Done, 10, 7, 2, 1, 0, null, Day.Now, Day.Now),
        });

        public Task<Result<IReadOnlyList<RefusedMessage>>> RefusedAsync(Guid fileId, CancellationToken cancellation)
            => Task.FromResult<Result<IReadOnlyList<RefusedMessage>>>(new[] { new RefusedMessage(3, "G-3", "It was cut.") });
    }

    private sealed class FakeWorklist : IUnmatchedResults
    {
        private readonly List<WaitingLine> _lines =
        [
            new WaitingLine(
                Guid.CreateVersion7(), UnmatchedReason.SeveralOrders, null, "Ganga Diagnostics", Day.Now, "Meera Nair", ["DA26-005120-3"], new DateOnly(1980, 2, 1), Gender.Female, "TSH", [],
                [new WaitingValue("TSH", "7.9", "mIU/L", "0.4-4.0", "H", ResultStatus.Final, Day.Now, null, null)]),
        ];

        public static Guid Item { get; } = Guid.CreateVersion7();

        public (Guid, string?)? Attached { get; private set; }

        public string? Dismissed { get; private set; }

        public Task<Result<IReadOnlyList<WaitingLine>>> ListAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<WaitingLine>>>(_lines.ToArray());

        public Task<Result<WaitingCandidate>> FindAsync(Guid waitingId, string mrn, DateOnly born, CancellationToken cancellation) => Task.FromResult<Result<WaitingCandidate>>(
            new WaitingCandidate(Guid.CreateVersion7(), "NAIR, Meera", mrn, born, Gender.Female, Differs: true, [new WaitingItem(Item, "TSH", "OR-26-000023", Day.Now)]));

        public Task<Result<Guid>> AttachAsync(Guid waitingId, Guid orderItemId, string? reason, CancellationToken cancellation)
        {
            Attached = (orderItemId, reason);
            _lines.Clear();
            return Task.FromResult<Result<Guid>>(waitingId);
        }

        public Task<Result<Guid>> DismissAsync(Guid waitingId, string reason, CancellationToken cancellation)
        {
            Dismissed = reason;
            _lines.Clear();
            return Task.FromResult<Result<Guid>>(waitingId);
        }
    }
}
