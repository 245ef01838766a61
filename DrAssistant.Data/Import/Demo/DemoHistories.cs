using DrAssistant.Data.Import.Demo.People;
using DrAssistant.Data.Import.Demo.Stories;

namespace DrAssistant.Data.Import.Demo;

/// <summary>One visit of a story, told on a day.</summary>
internal sealed record DemoPlannedVisit(DateOnly Day, DemoStory Story, DemoVisit Visit, int Stage)
{
    /// <summary>Its results wait in today's inbox.</summary>
    public bool ForInbox { get; init; }
}

/// <summary>A patient's way through the practice: what was, and what the visit is about for which they are booked.</summary>
internal sealed class DemoHistory(int number, DemoPerson person, DemoPanel panel)
{
    public int Number => number;

    public DemoPerson Person => person;

    public DemoPanel Panel => panel;

    /// <summary>Before today, oldest first.</summary>
    public List<DemoPlannedVisit> Past { get; } = [];

    /// <summary>What they come for today, or would.</summary>
    public required DemoPlannedVisit Next { get; init; }

    public bool IsNew => Past.Count == 0;
}

/// <summary>Decides who was ill with what, and when.</summary>
internal sealed class DemoHistories(DemoCalendar calendar)
{
    private const int DaysOfYear = 365;

    /// <summary>The visits of yesterday whose results come in today, some of them critical.</summary>
    private static readonly Dictionary<DemoPanel, (string Story, int Stage)[]> Inbox = new()
    {
        [DemoPanel.GeneralMedicine] = [("diabetes-rising", 2), ("hypothyroidism", 1), ("anaemia", 1), ("urinary-infection", 0)],
        [DemoPanel.Paediatrics] = [("child-anaemia-severe", 1), ("baby-jaundice", 0), ("asthma", 0), ("tonsillitis", 0)],
        [DemoPanel.Dermatology] = [("psoriasis-tablets", 2), ("acne", 1), ("eczema", 0), ("ringworm", 0)],
        [DemoPanel.Cardiology] = [("kidney-potassium", 2), ("atrial-fibrillation", 2), ("coronary-disease", 0), ("heart-failure", 0)],
    };

    private readonly DemoDice _dice = new("histories");
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);

    /// <summary>
    /// The histories of one doctor's patients: the first <paramref name="yesterday"/> of them came yesterday, the next
    /// <paramref name="today"/> come today, the rest came some day before.
    /// </summary>
    public IReadOnlyList<DemoHistory> Of(DemoPanel panel, int yesterday, int today)
    {
        var waiting = _dice.Shuffled(DemoPeople.All.Select((person, number) => (person, number)).Where(p => DemoPeople.PanelOf(p.person, p.number) == panel));
        var histories = new List<DemoHistory>();
        foreach (var (key, stage) in Inbox[panel])
        {
            var story = Named(key);
            var chosen = waiting.First(p => story.Fits(p.person) && CanBeInbox(story, p.person));
            waiting.Remove(chosen);
            histories.Add(Tell(chosen.number, chosen.person, panel, story, stage, calendar.Yesterday, forInbox: true));
        }

        foreach (var (person, number) in waiting)
        {
            var place = histories.Count;
            var last = place < yesterday ? calendar.Yesterday : (place < yesterday + today ? calendar.Today : _dice.Of(calendar.Back.Skip(1).ToList()));
            var story = StoryFor(person, panel, last);
            var stage = _dice.Chance(60) ? story.Visits.Count - 1 : _dice.Below(story.Visits.Count);
            var isNew = place >= yesterday && place % 6 == 0;
            histories.Add(Tell(number, person, panel, story, isNew ? 0 : stage, last, forInbox: false, isNew));
        }

        return histories;
    }

    private static DemoStory Named(string key) => key == BabyStories.Jaundice.Key ? BabyStories.Jaundice : DemoStories.Named(key);

    private static bool CanBeInbox(DemoStory story, DemoPerson person)
        => IsBaby(person) ? story == BabyStories.Jaundice && person.AgeInDays < 20 : story != BabyStories.Jaundice;

    private static bool IsBaby(DemoPerson person) => person.AgeInDays < BabyStories.UntilDays;

    private DemoStory StoryFor(DemoPerson person, DemoPanel panel, DateOnly day)
    {
        if (IsBaby(person))
        {
            return BabyStories.Well(person.AgeInDays - (calendar.Today.DayNumber - day.DayNumber));
        }

        // What has been told least so far: a morning full of the same complaint would not be believed.
        var fitting = DemoStories.All.Where(s => s.Panel == panel && !s.ForInbox && s.Fits(person)).ToList();
        var least = fitting.Min(s => _told.GetValueOrDefault(s.Key));
        var story = _dice.Of(fitting.Where(s => _told.GetValueOrDefault(s.Key) == least).ToList());
        _told[story.Key] = least + 1;
        return story;
    }

    private DemoHistory Tell(
        int number, DemoPerson person, DemoPanel panel, DemoStory story, int stage, DateOnly last, bool forInbox, bool isNew = false)
    {
        // A newborn cannot have come before it was born.
        var born = person.Born(calendar.Today);
        var end = new DemoPlannedVisit(last < born ? calendar.Today : last, story, story.Visits[stage], stage) { ForInbox = forInbox };
        var history = new DemoHistory(number, person, panel) { Next = end };
        if (isNew)
        {
            return history;
        }

        history.Past.AddRange(IsBaby(person) ? Vaccinations(born, end.Day) : Before(person, end));
        if (end.Day < calendar.Today)
        {
            history.Past.Add(end);
        }

        return history;
    }

    private IEnumerable<DemoPlannedVisit> Before(DemoPerson person, DemoPlannedVisit end)
    {
        var (story, day) = (end.Story, end.Day);
        var visits = new List<DemoPlannedVisit>();
        for (var stage = end.Stage - 1; stage >= 0; stage--)
        {
            day = DemoCalendar.WorkingDayBy(day.AddDays(-story.DaysBetween));
            visits.Add(new DemoPlannedVisit(day, story, story.Visits[stage], stage));
        }

        // Many have been here before with something that passed.
        if (_dice.Chance(85))
        {
            var earlier = DemoCalendar.WorkingDayBy(day.AddDays(-_dice.Between(35, 320)));
            var years = (person.AgeInDays / DaysOfYear) - ((calendar.Today.DayNumber - earlier.DayNumber) / DaysOfYear) - 1;
            var passing = DemoStories.All.Where(s => s.Panel == story.Panel && !s.Lasting && !s.ForInbox && s.Key != story.Key
                && s.Fits(person) && years >= s.FromYears && s.Code != story.Code).ToList();
            if (passing.Count > 0)
            {
                var other = _dice.Of(passing);
                visits.Add(new DemoPlannedVisit(earlier, other, other.Visits[0], 0));
            }
        }

        return visits.OrderBy(v => v.Day);
    }

    private static IEnumerable<DemoPlannedVisit> Vaccinations(DateOnly born, DateOnly before) => BabyStories.Vaccinations
        .Select(due => (Day: DemoCalendar.WorkingDayBy(born.AddDays(due.AgeInDays)), due.Visit))
        .Where(due => due.Day < before && due.Day >= born)
        .Select((due, stage) => new DemoPlannedVisit(due.Day, BabyStories.Due(due.Visit), due.Visit, stage));
}
