using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>The rules by which two people's words come together in one note, without a store.</summary>
public sealed class MergingWhatTwoWrote
{
    private const string Complaint = "subjective.chiefComplaint";

    private static readonly Guid Asha = Guid.Parse("0000000a-0000-7000-8000-000000000001");
    private static readonly Guid Nila = Guid.Parse("0000000a-0000-7000-8000-000000000003");
    private static readonly Guid Basu = Guid.Parse("0000000a-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);

    [Fact]
    public void what_a_page_believes_about_the_past_overwrites_nothing()
    {
        var note = Write(New(), Asha, 1, null, "Cough");

        // A page that claims to have been shown what stands there now, and names an older version.
        var merged = NoteMerge.Of(note, Writing(Nila, 1, Of("Cough"), "Fever"));

        Assert.Equal([Complaint], merged.NewConflicts);
        Assert.Equal(["Cough", "Fever"], merged.Note.Conflicts[Complaint].Select(value => NoteFields.TextOf(value.Value)));
    }

    [Fact]
    public void going_on_with_ones_own_words_is_no_clash_and_changing_them_is()
    {
        var note = Write(New(), Asha, 1, new SoapContent(), "Cough");

        Assert.Empty(NoteMerge.Of(note, Writing(Asha, 1, new SoapContent(), "Cough, dry")).NewConflicts);
        Assert.Equal([Complaint], NoteMerge.Of(note, Writing(Asha, 1, new SoapContent(), "Dry cough")).NewConflicts);
    }

    [Fact]
    public void a_third_value_stands_beside_the_two_and_each_goes_on_with_their_own()
    {
        var note = Write(Write(Write(New(), Asha, 1, new SoapContent(), "Cough"), Nila, 1, new SoapContent(), "Fever"), Basu, 1, new SoapContent(), "Cold");
        Assert.Equal(["Cough", "Fever", "Cold"], note.Conflicts[Complaint].Select(value => NoteFields.TextOf(value.Value)));

        note = Write(note, Nila, note.Version, Of("Cough"), "Fever, high");
        note = Write(note, Asha, note.Version, Of("Cough"), "Cough, dry");

        Assert.Equal(["Cough, dry", "Fever, high", "Cold"], note.Conflicts[Complaint].Select(value => NoteFields.TextOf(value.Value)));
        Assert.Equal("Cough, dry", note.Content.Subjective!.ChiefComplaint);
    }

    [Fact]
    public void only_who_has_seen_every_value_settles()
    {
        var two = Write(Write(New(), Asha, 1, new SoapContent(), "Cough"), Nila, 1, new SoapContent(), "Fever");
        var three = Write(two, Basu, 1, new SoapContent(), "Cold");

        var early = NoteMerge.Of(three, Writing(Asha, two.Version, Of("Cough"), "Cough and fever") with { Settled = [Complaint] });
        var late = NoteMerge.Of(three, Writing(Asha, three.Version, Of("Cough"), "Cough and fever") with { Settled = [Complaint] });

        Assert.Contains("Cold", early.Note.Conflicts[Complaint].Select(value => NoteFields.TextOf(value.Value)));
        Assert.Empty(late.Note.Conflicts);
        Assert.Equal("Cough and fever", late.Note.Content.Subjective!.ChiefComplaint);
    }

    [Fact]
    public void what_somebody_emptied_is_a_value_as_well()
    {
        var note = Write(Write(New(), Asha, 1, new SoapContent(), "Cough"), Asha, 2, Of("Cough"), null);

        var merged = NoteMerge.Of(note, Writing(Nila, 2, Of("Cough"), "Cough, dry"));

        Assert.Equal(["", "Cough, dry"], merged.Note.Conflicts[Complaint].Select(value => NoteFields.TextOf(value.Value)));
        Assert.Null(merged.Note.Content.Subjective?.ChiefComplaint);
    }

    [Fact]
    public void the_body_mass_index_follows_weight_and_height_whoever_wrote_them()
    {
        var note = Apply(New(), new NoteWriting(Vitals(weight: 70, height: null), new SoapContent(), 1, Asha, Noon));

        note = Apply(note, new NoteWriting(Vitals(weight: null, height: 175), new SoapContent(), 1, Nila, Noon));

        Assert.Equal((70m, 175m, 22.9m), (note.Content.Objective!.VitalSigns!.Weight, note.Content.Objective.VitalSigns.Height, note.Content.Objective.VitalSigns.Bmi));
        Assert.Empty(note.Conflicts);
    }

    private static ClinicalNote New() => new()
    {
        Id = Guid.CreateVersion7(),
        EncounterId = Guid.CreateVersion7(),
        PatientId = Guid.CreateVersion7(),
        DoctorId = Asha,
        CreatedAt = Noon,
        UpdatedAt = Noon,
        Content = new SoapContent(),
    };

    private static ClinicalNote Write(ClinicalNote note, Guid by, int basedOn, SoapContent? shown, string? text) => Apply(note, Writing(by, basedOn, shown, text));

    private static ClinicalNote Apply(ClinicalNote note, NoteWriting writing) => NoteMerge.Of(note, writing).Note;

    private static NoteWriting Writing(Guid by, int basedOn, SoapContent? shown, string? text) => new(Of(text), shown, basedOn, by, Noon);

    private static SoapContent Of(string? text) => text is null ? new SoapContent() : new() { Subjective = new() { ChiefComplaint = text } };

    private static SoapContent Vitals(decimal? weight, decimal? height) => new() { Objective = new() { VitalSigns = new() { Weight = weight, Height = height } } };
}
