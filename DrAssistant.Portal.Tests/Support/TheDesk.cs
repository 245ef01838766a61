using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Queue;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>What a test's desk does the same way every time.</summary>
internal static class TheDesk
{
    /// <summary>By name and birth date.</summary>
    public static Task<Result<BookedVisit>> CheckInAsync(this ActingPerson acting, Guid appointment)
        => acting.Get<IQueue>().CheckInAsync(appointment, [Identifier.Name, Identifier.DateOfBirth], TestContext.Current.CancellationToken);
}
