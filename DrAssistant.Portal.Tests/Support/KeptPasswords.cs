using System.Collections.Concurrent;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>What passwords are kept as. One takes as long to compute as many a test in all, on purpose; so each is computed once a run.</summary>
internal static class KeptPasswords
{
    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>As the clinic would keep it.</summary>
    public static string Of(string password, ActingPerson system) => Known.GetOrAdd(password, p => system.Get<StaffPasswords>().Hash(p));
}
