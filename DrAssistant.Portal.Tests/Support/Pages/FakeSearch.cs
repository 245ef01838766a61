using DrAssistant.Data.Common;
using DrAssistant.Data.Search;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeSearch : ISearch
{
    public static SearchAnswer Nothing { get; } = new([], [], new Dictionary<SearchGroup, long>(), IsWhole: true);

    public List<SearchQuestion> Questions { get; } = [];

    public Func<SearchQuestion, Result<SearchAnswer>> Find { get; set; } = _ => Nothing;

    public List<SearchDoctor> Doctors { get; } = [];

    public Task<Result<SearchAnswer>> FindAsync(SearchQuestion question, CancellationToken cancellation)
    {
        Questions.Add(question);
        return Task.FromResult(Find(question));
    }

    public Task<Result<IReadOnlyList<SearchDoctor>>> DoctorsAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<SearchDoctor>>>(Doctors);
}
