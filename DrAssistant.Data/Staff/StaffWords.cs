namespace DrAssistant.Data.Staff;

/// <summary>How colleagues are named in a sentence of the practice: "Dr. Iyer", "Sr. Mary", "Asha".</summary>
internal static class StaffWords
{
    public static string Short(string fullName)
    {
        var words = fullName.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "somebody",
            [var title, .., var last] when title is "Dr." or "Dr" or "Prof." => $"{title} {last}",
            [var title, var first, ..] when title.EndsWith('.') => $"{title} {first}",
            [var first, ..] => first,
        };
    }
}
