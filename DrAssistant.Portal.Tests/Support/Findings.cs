namespace DrAssistant.Portal.Tests.Support;

/// <summary>For tests that look through many things: says all that is wrong, each on a line of its own.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}
