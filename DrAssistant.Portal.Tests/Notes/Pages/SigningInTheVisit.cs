using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

public sealed class SigningInTheVisit : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private static readonly NoteGap Unchecked = new(NoteGapKind.Unchecked, "subjective.pastMedicalHistory", "Past medical history");

    private readonly List<NoteSigning> _signings = [];

    public SigningInTheVisit()
    {
        JSInterop.SetupModule(call => call.Identifier == "import").SetupModule("open", _ => true).Setup<bool>("saveNow").SetResult(true);
        Encounters.Open = id => VisitOf.Sunita(id, Sunita);
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Notes.Note = FakeNotes.Draft(Encounter, Sunita, new SoapContent { Subjective = new Subjective { ChiefComplaint = "Tiredness" } });
        Notes.Sign = signing =>
        {
            _signings.Add(signing);
            return Notes.Note! with
            {
                Status = NoteStatus.Signed,
                MayWrite = false,
                Signature = new NoteSignature(Guid.CreateVersion7(), "Dr. Meera Iyer", "MBBS, MD", "2009/04/1287", "MMC", Day.Now) { Hash = new string('a', 64), Matches = true },
            };
        };
    }

    [Fact]
    public void Names_the_person_asks_for_the_password_and_shows_what_was_signed()
    {
        var page = AskToSign();
        Assert.StartsWith("PAWAR, Sunita", page.Find("dialog .person-at-desk").TextContent, StringComparison.Ordinal);

        page.Find("#sign-password").Change("a password");
        page.Find("dialog form").Submit();

        Assert.Equal(new NoteSigning(Notes.Note!.Id, Sunita, 4, "a password"), Assert.Single(_signings));
        Assert.Empty(page.FindAll("dialog, [data-note-field]"));
        Assert.Contains("Tiredness", page.Find(".note-said").TextContent, StringComparison.Ordinal);
        Assert.Contains("MMC 2009/04/1287", page.Find(".note-signature").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_password_nothing_is_sent_and_a_wrong_one_is_said_beside_the_field()
    {
        var page = AskToSign();
        page.Find("dialog form").Submit();
        Assert.Empty(_signings);
        Assert.Equal("Type your password.", page.Find("#sign-error").TextContent.Trim());

        Notes.Sign = _ => Refusal.Invalid("That is not your password.", "Password");
        page.Find("#sign-password").Change("wrong");
        page.Find("dialog form").Submit();

        Assert.Equal("That is not your password.", page.Find("#sign-error").TextContent.Trim());
        Assert.True(string.IsNullOrEmpty(page.Find("#sign-password").GetAttribute("value")));
    }

    [Fact]
    public void What_is_open_is_listed_and_leads_to_its_field()
    {
        Notes.Note = Notes.Note! with { Gaps = [new NoteGap(NoteGapKind.Missing, "plan", "Plan"), new NoteGap(NoteGapKind.Blank, "subjective.historyOfPresentIllness", "History of present illness")] };
        var page = AskToSign();

        Assert.Empty(page.FindAll("#sign-password"));
        Assert.Equal(["Plan is empty", "History of present illness: a *** is not filled"], page.FindAll("dialog li button").Select(b => b.TextContent));
        page.FindAll("dialog li button")[1].Click();

        Assert.Empty(page.FindAll("dialog"));
        Assert.NotEmpty(page.FindAll("[data-note-field='subjective.historyOfPresentIllness']"));
    }

    [Fact]
    public void Copied_text_that_nobody_checked_is_asked_about_once_and_signed_all_the_same()
    {
        Notes.Note = Notes.Note! with { Gaps = [Unchecked] };
        var page = AskToSign();

        page.Find("#sign-password").Change("a password");
        page.Find("dialog form").Submit();

        Assert.True(Assert.Single(_signings).CopiesSeen);
    }

    [Fact]
    public void What_opened_meanwhile_is_said_instead_of_signing()
    {
        Notes.Sign = _ => new SigningRefusal("This is open.", [new NoteGap(NoteGapKind.Conflict, "plan.followUp", "Follow-up")]);
        var page = AskToSign();

        page.Find("#sign-password").Change("a password");
        page.Find("dialog form").Submit();

        Assert.Contains("Follow-up: two values stand side by side", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#sign-password"));
    }

    [Fact]
    public void Whoever_may_not_sign_is_not_offered_it()
    {
        Notes.Note = Notes.Note! with { MaySign = false };

        Assert.Empty(Open().FindAll("[aria-keyshortcuts='Alt+G']"));
    }

    private IRenderedComponent<VisitPage> Open() => Render<VisitPage>(p => p.Add(x => x.EncounterId, Encounter));

    private IRenderedComponent<VisitPage> AskToSign()
    {
        var page = Open();
        page.Find("[aria-keyshortcuts='Alt+G']").Click();
        return page;
    }
}
