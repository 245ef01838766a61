using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters;

/// <summary>The day that a wish for a follow-up means.</summary>
internal static class FollowUpDue
{
    public const int LongestForTheDesk = 200;
    private const int YearsAhead = 2;

    public static Result<DateOnly> Of(FollowUpWish wish, DateOnly today)
    {
        if (PlainText.Of(wish.ForTheDesk).Length > LongestForTheDesk)
        {
            return Refusal.Invalid($"The desk reads at most {LongestForTheDesk} characters.", nameof(wish.ForTheDesk));
        }

        return (wish.On, wish.In) switch
        {
            ({ } day, null) => Bounded(day, today, nameof(wish.On)),
            (null, { Number: > 0 and <= 1_000 } interval) when Enum.IsDefined(interval.Unit) => Bounded(After(today, interval), today, nameof(wish.In)),
            (null, not null) => Refusal.Invalid("Say in how many days, weeks or months.", nameof(wish.In)),
            _ => Refusal.Invalid("Choose a day, or in how many days, weeks or months.", nameof(wish.On)),
        };
    }

    private static DateOnly After(DateOnly today, FollowUpInterval interval) => interval.Unit switch
    {
        FollowUpUnit.Days => today.AddDays(interval.Number),
        FollowUpUnit.Weeks => today.AddDays(7 * interval.Number),
        _ => today.AddMonths(interval.Number),
    };

    private static Result<DateOnly> Bounded(DateOnly day, DateOnly today, string field)
        => day <= today ? Refusal.Invalid("A follow-up is after today.", field)
            : day > today.AddYears(YearsAhead) ? Refusal.Invalid($"A follow-up is at most {YearsAhead} years ahead.", field)
            : day;
}
